using TopicGrpc.Cli.Errors;

namespace TopicGrpc.Cli.Hosting;

/// <summary>Files of the sample that <c>demo</c> uses, beside the program or below one of its parent folders (a checkout).</summary>
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

        string missing = Path.Combine(Folder, name);
        throw new CliException($"{missing} is neither in {AppContext.BaseDirectory} nor below one of its parent folders");
    }
}
