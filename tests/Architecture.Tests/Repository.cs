using System.Diagnostics;

namespace TopicGrpc.Architecture.Tests;

/// <summary>The checkout that the tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>Full paths of the tracked and the new files of some extensions, below some folders.</summary>
    public static IEnumerable<string> Files(string extension, params string[] folders) =>
        from folder in folders
        from file in Directory.EnumerateFiles(Path.Combine(Root, folder), "*" + extension, SearchOption.AllDirectories)
        where !file.Split(Path.DirectorySeparatorChar).Any(static part => part is "obj" or "bin")
        select file;

    public static string Relative(string file) => Path.GetRelativePath(Root, file);

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "TopicGrpc.sln")))
            {
                return folder.FullName;
            }
        }

        throw new UnreachableException("TopicGrpc.sln is not in a parent folder of the tests.");
    }
}
