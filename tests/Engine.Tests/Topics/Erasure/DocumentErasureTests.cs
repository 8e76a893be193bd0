using TopicGrpc.Engine.Archive;
using TopicGrpc.Engine.Documents;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Storage;
using TopicGrpc.Engine.Tests.Archive;
using TopicGrpc.Engine.Topics;
using TopicGrpc.Engine.Topics.Erasure;
using TopicGrpc.Engine.Topics.Operations;
using TopicGrpc.Engine.Topics.Recognition;
using Xunit;

namespace TopicGrpc.Engine.Tests.Topics.Erasure;

public sealed class DocumentErasureTests
{
    private static readonly SyntheticCorpus Corpus = new();
    private static readonly TopicModel Model = Corpus.Fit();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Find_IdWithItsText_IsTheRow()
    {
        int[] rows = DocumentErasure.Find(Model, [Known(5), Known(2), Known(5)]);

        Assert.Equal([2, 5], rows);
        Assert.Equal([5], DocumentErasure.Find(DocumentErasure.Hide(Model, [2]), [Known(5), Known(2)]));
    }

    [Fact]
    public void Find_IdWithAnotherText_IsAnotherDocument()
    {
        var other = KeyValuePair.Create(Model.DocumentIds[3], TextFingerprint.Of("another text"));
        var none = KeyValuePair.Create("none", TextFingerprint.Of(TextOf(3)));

        Assert.Empty(DocumentErasure.Find(Model, [other, none]));
    }

    [Fact]
    public void Hide_SomeRows_RemovesWhatNamesThem()
    {
        int representative = Model.Topics[^1].RepresentativeDocuments[0].Row;
        int[] rows = [0, 1, 7, Model.DocumentIds.Count - 1, representative];

        TopicModel hidden = DocumentErasure.Hide(DocumentErasure.Hide(Model, rows[..2]), rows[2..]);

        Assert.Equal(rows.Distinct().Order(), hidden.ErasedRows);
        Assert.All(rows, row => Assert.DoesNotContain(Model.DocumentIds[row], hidden.DocumentIds));
        Assert.Equal(hidden.DocumentIds.Order(StringComparer.Ordinal), hidden.DocumentIds);
        Assert.Equal(Model.DocumentIds.Count, hidden.DocumentIds.Distinct(StringComparer.Ordinal).Count());
        Assert.DoesNotContain(
            hidden.Topics.SelectMany(static topic => topic.RepresentativeDocuments), document => rows.Contains(document.Row));
        Assert.Equal(Model.Topics.Select(static topic => topic.Count), hidden.Topics.Select(static topic => topic.Count));
    }

    [Fact]
    public void Answer_HiddenText_IsANewText()
    {
        TopicModel hidden = DocumentErasure.Hide(Model, [4]);
        TopicQuestion question = new(ByCentroid: false, AllTopics: false, TextFingerprint.Of(TextOf(4)));

        Assert.True(Model.Answer(Model.DocumentVectors!.Row(4), question).IsKnown);
        Assert.False(hidden.Answer(Model.DocumentVectors!.Row(4), question).IsKnown);
    }

    [Fact]
    public void Blank_HiddenRows_GivesTheBitsOfTheHiddenModelAndNoVector()
    {
        TopicModel hidden = DocumentErasure.Hide(Model, [3, 4, 60, 100]);

        TopicModel blank = DocumentErasure.Blank(hidden);

        Assert.All(hidden.ErasedRows, row => Assert.True(blank.DocumentVectors!.Row(row).IndexOfAnyExcept(0f) < 0));
        for (int row = 0; row < Model.DocumentIds.Count; row++)
        {
            float[] vector = Between(row);
            Assert.Equal(
                hidden.Predict(vector, allTopics: true).TopicProbabilities, blank.Predict(vector, allTopics: true).TopicProbabilities);
        }
    }

    [Fact]
    public void Save_ErasedRows_LoadsWithTheSameAnswers()
    {
        using ArchiveFolder folder = new();
        string path = folder.Model;
        TopicModel blank = DocumentErasure.Blank(DocumentErasure.Hide(Model, [3, 60]));

        ModelArchive.Save(blank, path, Token);

        using NativeModel loaded = ModelArchive.OpenNative(path, DiskStorage.Instance, Token);
        loaded.Archive.SelfTest.Check(loaded.Archive.Model, Token);
        Assert.Equal([3, 60], loaded.Archive.Model.ErasedRows);
        Assert.Equal(blank.DocumentIds, loaded.Archive.Model.DocumentIds);
        TopicQuestion question = new(ByCentroid: false, AllTopics: false, Text: null);
        Assert.False(loaded.Archive.Model.Answer(Model.DocumentVectors!.Row(3), question).IsKnown);
    }

    [Fact]
    public void Hide_AllRows_PredictsByCentroid()
    {
        TopicModel hidden = DocumentErasure.Hide(Model, [.. Enumerable.Range(0, Model.DocumentIds.Count)]);

        Assert.False(hidden.HasDensity);
        Assert.Equal(
            Model.PredictByCentroid(Model.DocumentVectors!.Row(0), allTopics: false).TopicId,
            hidden.PredictByCentroid(Model.DocumentVectors!.Row(0), allTopics: false).TopicId);
    }

    [Fact]
    public void Apply_OperationOnAHiddenModel_ChoosesNoErasedRepresentative()
    {
        int[] rows = [.. Model.Topics.SelectMany(static topic => topic.RepresentativeDocuments).Select(static document => document.Row)];
        TopicModel hidden = DocumentErasure.Hide(Model, rows);

        Document[] documents =
        [
            .. Corpus.Documents.Where(document => hidden.DocumentIds.Contains(document.Id)),
            .. hidden.ErasedRows.Select(row => new Document(hidden.DocumentIds[row], "")),
        ];
        TopicModel merged = new MergeTopics([[0, 1]]).Apply(hidden, documents, ComputeOptions.Default, Token);

        Assert.Equal(hidden.ErasedRows, merged.ErasedRows);
        Assert.DoesNotContain(
            merged.Topics.SelectMany(static topic => topic.RepresentativeDocuments), document => rows.Contains(document.Row));
    }

    private static string TextOf(int row) => Corpus.Documents.Single(document => document.Id == Model.DocumentIds[row]).Text;

    private static KeyValuePair<string, TextFingerprint> Known(int row) =>
        KeyValuePair.Create(Model.DocumentIds[row], TextFingerprint.Of(TextOf(row)));

    private static float[] Between(int row)
    {
        Matrix vectors = Model.DocumentVectors!;
        float[] vector = vectors.Row(row).ToArray();
        for (int i = 0; i < vector.Length; i++)
        {
            vector[i] += vectors.Row((row + 1) % vectors.Rows)[i];
        }

        return vector;
    }
}
