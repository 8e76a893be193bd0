namespace TopicGrpc.Cli.Tests;

/// <summary>The working tree that the tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>A file beside the repository, under <c>../shared</c>; the test is skipped where it is missing.</summary>
    public static string Shared(string path)
    {
        string full = Path.GetFullPath(Path.Combine(Root, "..", "shared", path));
        Assert.SkipUnless(File.Exists(full), $"{full} is not there");
        return full;
    }

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "TopicGrpc.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("TopicGrpc.sln is in no folder above the tests.");
    }
}
