using TopicGrpc.Engine.Archive;
using TopicGrpc.Engine.Charts;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Tests.Archive;
using TopicGrpc.Engine.Topics;
using TopicGrpc.Engine.Topics.Erasure;
using Xunit;

namespace TopicGrpc.Engine.Tests.Topics.Fitting;

public sealed class SampledModelTests : IDisposable
{
    private static readonly SampledCorpus Corpus = new();
    private static readonly TopicModel Fitted = Corpus.Fit();
    private readonly ArchiveFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Load_SampledModel_AnswersAsBefore()
    {
        ModelArchive.Save(Fitted, _folder.Model, Token);
        TopicModel loaded = ModelArchive.Load(_folder.Model, Token);

        Assert.Equal(Fitted.Assignments, loaded.Assignments);
        Assert.Equal(Fitted.State.Sample!.Rows, loaded.State.Sample!.Rows);
        Assert.Equal(Fitted.State.Sample.Positions.Values, loaded.State.Sample.Positions.Span.ToArray());
        Assert.Equal(Fitted.Options.Sample, loaded.Options.Sample);
        Assert.Equal(Fitted.Report.Sample!.AddedTopics, loaded.Report.Sample!.AddedTopics);
        Assert.Equal(Fitted.Report.Sample.Strata, loaded.Report.Sample.Strata);
        for (int row = 0; row < Corpus.Documents.Count; row += 7)
        {
            Assert.Equal(
                Fitted.Predict(Corpus.Vectors.Row(row), allTopics: false), loaded.Predict(Corpus.Vectors.Row(row), allTopics: false));
            Assert.Equal(
                Fitted.Path(Corpus.Vectors.Row(row), Fitted.Assignments[row]),
                loaded.Path(Corpus.Vectors.Row(row), loaded.Assignments[row]));
        }
    }

    [Fact]
    public void Path_AssignedDocument_IsThatOfItsEmbedding()
    {
        HashSet<int> sampled = [.. Fitted.State.Sample!.Rows];
        int[] assigned = [.. Enumerable.Range(0, Corpus.Documents.Count).Where(row => !sampled.Contains(row))];

        Assert.NotNull(Fitted.Layers);
        Assert.All(
            assigned,
            static row => Assert.Equal(
                Fitted.Path(Corpus.Vectors.Row(row), Fitted.Assignments[row]),
                Fitted.Path(Corpus.Vectors.Row(row), Fitted.Assignments[row], documentRow: row)));
    }

    [Fact]
    public void Blank_SampledAndAssignedDocuments_LeavesNoVectorOfThem()
    {
        int sampled = Fitted.State.Sample!.Rows[20];
        int assigned = Enumerable.Range(0, Corpus.Documents.Count).First(row => !Fitted.State.Sample.Rows.Contains(row));
        TopicModel blank = DocumentErasure.Blank(DocumentErasure.Hide(Fitted, [sampled, assigned]));

        Assert.Equal(new[] { sampled, assigned }.Order(), blank.ErasedRows);
        Assert.True(blank.DocumentVectors!.Row(sampled).IndexOfAnyExcept(0f) < 0);
        Assert.True(blank.DocumentVectors.Row(assigned).IndexOfAnyExcept(0f) < 0);
        Assert.True(blank.Layout!.TrainingRows.Row(20).IndexOfAnyExcept(0f) < 0);
        Assert.True(blank.Layout.TrainingRows.Row(21).IndexOfAnyExcept(0f) >= 0);
        Assert.False(blank.Answer(Corpus.Vectors.Row(sampled), new TopicQuestion(ByCentroid: false, AllTopics: false, Text: null)).IsKnown);
    }

    [Fact]
    public void Hide_TheWholeSample_PredictsByCentroid()
    {
        TopicModel hidden = DocumentErasure.Hide(Fitted, Fitted.State.Sample!.Rows);

        Assert.False(hidden.HasDensity);
        Assert.Null(hidden.State.Sample);
        Assert.Equal(
            Fitted.PredictByCentroid(Corpus.Vectors.Row(0), allTopics: false),
            hidden.PredictByCentroid(Corpus.Vectors.Row(0), allTopics: false));
    }

    [Fact]
    public void Place_AssignedDocumentOnTheMap_HasItsPoint()
    {
        Matrix points = DocumentMap.Compute(Fitted.DocumentVectors!, 42, ComputeOptions.Default, progress: null, Token);
        int assigned = Enumerable.Range(0, Corpus.Documents.Count).First(row => !Fitted.State.Sample!.Rows.Contains(row));

        DocumentPosition position = new DocumentPlacement(Fitted, points).Place(Corpus.Vectors.Row(assigned));

        Assert.Equal((points.Row(assigned)[0], points.Row(assigned)[1]), (position.X, position.Y));
    }

    [Fact]
    public void Create_SampleOfOtherDocuments_IsRejected()
    {
        FittedSample sample = Fitted.State.Sample!;

        TopicModelState[] states =
        [
            Fitted.State with { Sample = sample with { Rows = sample.Rows[1..] } },
            Fitted.State with { Sample = sample with { Positions = new Matrix(3, 3) } },
            Fitted.State with { DocumentVectors = null },
        ];
        foreach (TopicModelState state in states)
        {
            Assert.Throws<ArgumentException>(() => { _ = new TopicModel(state); });
        }
    }
}
