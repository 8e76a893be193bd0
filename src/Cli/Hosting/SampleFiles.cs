using TopicGrpc.Cli.Errors;

namespace TopicGrpc.Cli.Hosting;

/// <summary>Finds the sample that <c>demo</c> runs on: beside the program or in a folder above it (a checkout).</summary>
internal static class SampleFiles
{
    private static readonly string Folder = Path.Combine("samples", "state-of-the-union");

    public static string Documents => Find("addresses-1961-2021.jsonl");

    public static string Settings => Find("settings.json");

    private static string Find(string name)
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string path = Path.Combine(folder.FullName, Folder, name);
            if (File.Exists(path))
            {
                return path;
            }
        }

        throw new CliException($"{Path.Combine(Folder, name)} is neither in {AppContext.BaseDirectory} nor in a folder above it");
    }
}
