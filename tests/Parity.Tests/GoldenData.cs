using Xunit;

namespace TopicGrpc.Parity.Tests;

/// <summary>Access to recorded reference data: the checked-in part, or the full set next to the repository.</summary>
internal static class GoldenData
{
    private static readonly string Root = FindRoot();

    /// <summary>
    /// Returns the first folder with all the files: <c>Data</c> in this project, or <c>../shared/golden</c>. Skips the test
    /// if there is none.
    /// </summary>
    public static GoldenFolder Find(string corpus, params string[] files)
    {
        GoldenFolder[] places =
        [
            new(Path.Combine(Root, "tests", "Parity.Tests", "Data", corpus)),
            new(Path.Combine(Root, "..", "shared", "golden", corpus)),
        ];
        GoldenFolder? found = Array.Find(places, place => place.Has(files));
        Assert.SkipWhen(found is null, $"Files of {corpus} are missing ({string.Join(", ", files)}); the full set is in ../shared/golden.");
        return found!;
    }

    /// <summary>Returns the texts of a corpus in recorded order. Skips the test if they are missing.</summary>
    public static IReadOnlyList<string> Documents(string corpus)
    {
        string[] places =
        [
            Path.Combine(Root, "samples", "state-of-the-union", "addresses-1961-2021.jsonl"),
            Path.Combine(Root, "..", "shared", "data", "20newsgroups", "stripped.jsonl.gz"),
        ];
        string place = corpus == "state-of-the-union" ? places[0] : places[1];
        Assert.SkipUnless(File.Exists(place), $"{place} is missing.");
        return DocumentTexts.Read(place);
    }

    private static string FindRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "TopicGrpc.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("TopicGrpc.sln is in no folder above the tests.");
    }
}
