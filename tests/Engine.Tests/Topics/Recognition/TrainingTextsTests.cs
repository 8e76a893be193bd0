using System.Globalization;
using TopicGrpc.Engine.Topics;
using TopicGrpc.Engine.Topics.Recognition;
using Xunit;

namespace TopicGrpc.Engine.Tests.Topics.Recognition;

public sealed class TrainingTextsTests
{
    private static readonly string[] Texts =
        [.. Enumerable.Range(0, 500).Select(row => (row % 400).ToString(CultureInfo.InvariantCulture))];

    [Fact]
    public void Find_EveryText_GivesItsRow()
    {
        var texts = TrainingTexts.Of(Texts);
        KnownDocuments known = new(texts, new int[Texts.Length]);

        Assert.Equal(Texts.Length, texts.Count);
        for (int row = 0; row < 400; row++)
        {
            Assert.Equal(row, known.Find(TextFingerprint.Of(Texts[row])));
        }

        Assert.Equal(-1, known.Find(TextFingerprint.Of("400")));
        Assert.Equal(-1, new KnownDocuments(TrainingTexts.Of([]), []).Find(TextFingerprint.Of("0")));
    }

    [Fact]
    public void Find_RepeatedTextInSeveralTopics_GivesTheFirstDocumentOfTheMostFrequent()
    {
        var texts = TrainingTexts.Of(["a", "b", "a", "a", "c", "c", "d", "d"]);
        KnownDocuments known = new(texts, [2, 0, 1, 1, 3, -1, 2, 2]);

        Assert.Equal(2, known.Find(TextFingerprint.Of("a")));
        Assert.Equal(1, known.Find(TextFingerprint.Of("b")));
        Assert.Equal(5, known.Find(TextFingerprint.Of("c")));
        Assert.Equal(6, known.Find(TextFingerprint.Of("d")));
        Assert.Equal([2, 1, 2, 2, 5, 5], Enumerable.Range(0, 6).Select(known.Representative));
    }

    [Fact]
    public void Merged_TwoModels_FindsTheTextsInTheNewRows()
    {
        var merged = TrainingTexts.Merged([(TrainingTexts.Of(["a", "b"]), [2, 0]), (TrainingTexts.Of(["c"]), [1])]);
        KnownDocuments known = new(merged, [0, 0, 0]);

        Assert.Equal([2, 0, 1], new[] { "a", "b", "c" }.Select(text => known.Find(TextFingerprint.Of(text))));
    }

    [Fact]
    public void Recorded_EntriesOfAnotherModelOrOutOfOrder_Throws()
    {
        int[] entries = TrainingTexts.Of(["a", "b", "c"]).Entries.ToArray();

        Assert.Equal(3, TrainingTexts.Recorded(entries, rows: 3).Count);
        Assert.Throws<ArgumentException>(() => TrainingTexts.Recorded(entries, rows: 2));
        Assert.Throws<ArgumentException>(() => TrainingTexts.Recorded(entries[..^1], rows: 3));
        Assert.Throws<ArgumentException>(() => TrainingTexts.Recorded([.. entries[4..], .. entries[..4]], rows: 3));
    }
}
