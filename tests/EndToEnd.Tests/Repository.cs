namespace TopicGrpc.EndToEnd.Tests;

/// <summary>The working tree that the tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string At(params string[] parts) => Path.Combine([Root, .. parts]);

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
