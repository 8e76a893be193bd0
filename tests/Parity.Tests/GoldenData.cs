using Xunit;

namespace TopicGrpc.Parity.Tests;

/// <summary>Finds recorded arrays: the few that are checked in, else the folder beside the checkout.</summary>
internal static class GoldenData
{
    private static readonly string Root = FindRoot();

    /// <summary>The first folder that holds all the files: <c>Data</c> in this project, then <c>../shared/golden</c>. Skips the test where neither does.</summary>
    public static GoldenFolder Find(string corpus, params string[] files)
    {
        GoldenFolder[] places =
        [
            new(Path.Combine(Root, "tests", "Parity.Tests", "Data", corpus)),
            new(Path.Combine(Root, "..", "shared", "golden", corpus)),
        ];
        GoldenFolder? found = Array.Find(places, place => place.Has(files));
        Assert.SkipWhen(found is null, $"Not all of {corpus}: {string.Join(", ", files)} are there; the full set lies in ../shared/golden.");
        return found!;
    }

    private static string FindRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "TopicGrpc.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("TopicGrpc.sln was not found above the test binaries.");
    }
}
