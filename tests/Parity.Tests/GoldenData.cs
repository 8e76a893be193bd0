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

    /// <summary>The texts of a corpus in recorded order. Skips the test where they are not there.</summary>
    public static IReadOnlyList<string> Documents(string corpus)
    {
        string[] places =
        [
            Path.Combine(Root, "samples", "state-of-the-union", "addresses-1961-2021.jsonl"),
            Path.Combine(Root, "..", "shared", "data", "20newsgroups", "stripped.jsonl.gz"),
        ];
        string place = corpus == "state-of-the-union" ? places[0] : places[1];
        Assert.SkipUnless(File.Exists(place), $"{place} is not there.");
        return DocumentTexts.Read(place);
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
