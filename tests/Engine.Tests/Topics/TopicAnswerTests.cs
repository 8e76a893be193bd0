using TopicGrpc.Engine.Archive;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Tests.Archive;
using TopicGrpc.Engine.Tests.Topics.Representations;
using TopicGrpc.Engine.Topics;
using TopicGrpc.Engine.Topics.Fitting;
using TopicGrpc.Engine.Topics.Operations;
using TopicGrpc.Engine.Topics.Recognition;
using TopicGrpc.Engine.Topics.Settings;
using Xunit;

namespace TopicGrpc.Engine.Tests.Topics;

public sealed class TopicAnswerTests
{
    private static readonly SyntheticCorpus Corpus = new();
    private static readonly TopicModel Model = Corpus.Fit();
    private static readonly TopicModel WithOutliers = Corpus.Apply(Model, new DeleteTopics([3]));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Answer_EveryTrainingText_HasItsAssignmentAndStrength(bool byCentroid)
    {
        foreach (TopicModel model in new[] { Model, WithOutliers, Corpus.Apply(Model, new MergeTopics([[0, 2]])) })
        {
            for (int i = 0; i < Corpus.Documents.Count; i++)
            {
                int row = Row(model, i);
                TopicQuestion question = new(byCentroid, AllTopics: false, TextFingerprint.Of(Corpus.Documents[i].Text));

                TopicAnswer answer = model.Answer(Corpus.Embeddings.Row(i), question);

                Assert.Equal(model.Assignments[row], answer.Prediction.TopicId);
                Assert.Equal((AnswerBasis.Document, true), (answer.Basis, answer.IsKnown));
                Assert.Equal(model.Assignments[row] < 0 ? 0 : model.Strengths[row], answer.Prediction.Probability);
            }
        }
    }

    [Fact]
    public void Answer_SeveralTexts_EqualsOneByOne()
    {
        const int texts = 60;
        Matrix embeddings = new(texts, Corpus.Embeddings.Columns);
        for (int row = 0; row < texts; row++)
        {
            (row % 3 == 0 ? Corpus.Embeddings.Row(row) : Between(row)).CopyTo(embeddings.Row(row));
        }

        embeddings.Row(8)[0] = float.NaN;
        embeddings.Row(20).Clear();
        int[] rows = [.. Enumerable.Range(0, texts).Reverse()];
        TopicQuestion[] questions =
        [
            .. rows.Select(static row => new TopicQuestion(
                ByCentroid: row % 7 == 0,
                AllTopics: row % 2 == 0,
                row % 3 == 0 ? TextFingerprint.Of(Corpus.Documents[row].Text) : null)),
        ];
        foreach (TopicModel model in new[] { Model, WithOutliers })
        {
            var answers = new TopicAnswer[texts];

            model.Answer(embeddings, rows, questions, answers);

            for (int i = 0; i < texts; i++)
            {
                TopicAnswer expected = model.Answer(embeddings.Row(rows[i]), questions[i]);
                Assert.Equal(expected.Prediction.TopicProbabilities, answers[i].Prediction.TopicProbabilities);
                Assert.Equal(
                    expected with { Prediction = expected.Prediction with { TopicProbabilities = [] } },
                    answers[i] with { Prediction = answers[i].Prediction with { TopicProbabilities = [] } });
            }
        }
    }

    [Fact]
    public void Answer_TrainingEmbeddingWithoutText_IsKnownAsWell()
    {
        int moved = Enumerable.Range(0, Corpus.Documents.Count).First(i => Model.Assignments[Row(Model, i)] == 3);

        TopicAnswer answer = WithOutliers.Answer(Corpus.Embeddings.Row(moved), Question());

        Assert.Equal((-1, true), (answer.Prediction.TopicId, answer.IsKnown));
        Assert.False(WithOutliers.Answer(Corpus.Embeddings.Row(moved), Question() with { AsNew = true }).IsKnown);
    }

    [Fact]
    public void Answer_NewText_EqualsThePrediction()
    {
        for (int number = 0; number < 40; number++)
        {
            float[] vector = Between(number);
            TopicPrediction expected = Model.Predict(vector, allTopics: true);

            TopicAnswer answer = Model.Answer(vector, new TopicQuestion(ByCentroid: false, AllTopics: true, TextFingerprint.Of("new")));

            Assert.Equal((expected.TopicId, expected.Probability), (answer.Prediction.TopicId, answer.Prediction.Probability));
            Assert.Equal(expected.TopicProbabilities, answer.Prediction.TopicProbabilities);
            Assert.Equal(expected.TopicId < 0 ? AnswerBasis.Outlier : AnswerBasis.Cluster, answer.Basis);
            Assert.Equal(expected.TopicId < 0, answer.NearestTopicId is not null);
        }
    }

    [Fact]
    public void Answer_Outlier_NamesTheNearestTopic()
    {
        float[] vector = Nearly(OfDeletedTopic());

        TopicAnswer answer = WithOutliers.Answer(vector, Question());

        (int Id, double Similarity) nearest = Enumerable.Range(0, 3)
            .Select(topic => (topic, WithOutliers.PredictByCentroid(vector, allTopics: true).TopicProbabilities[topic]))
            .MaxBy(pair => pair.Item2);
        Assert.Equal((-1, AnswerBasis.Outlier), (answer.Prediction.TopicId, answer.Basis));
        Assert.Equal((nearest.Id, nearest.Similarity), (answer.NearestTopicId!.Value, answer.NearestSimilarity));
    }

    [Theory]
    [InlineData(OutlierPolicy.Keep, -1.0, false)]
    [InlineData(OutlierPolicy.Nearest, -1.0, true)]
    [InlineData(OutlierPolicy.Nearest, 1.0, false)]
    [InlineData(OutlierPolicy.All, 1.0, true)]
    public void Answer_OutlierUnderAPolicy_IsTreatedByIt(OutlierPolicy policy, double least, bool assigned)
    {
        TopicModelOptions options = WithOutliers.Options with { OutlierPolicy = policy, OutlierMinSimilarity = least };
        TopicModel model = new(WithOutliers.State with { Options = options });

        foreach (bool byCentroid in new[] { false, true })
        {
            TopicAnswer answer = model.Answer(Nearly(OfDeletedTopic()), Question() with { ByCentroid = byCentroid });

            Assert.Equal(assigned ? answer.NearestTopicId!.Value : -1, answer.Prediction.TopicId);
            Assert.Equal(assigned, answer.Basis == AnswerBasis.OutlierPolicy);
            Assert.True(!assigned || answer.Prediction.Probability == answer.NearestSimilarity);
        }
    }

    [Fact]
    public void Answer_FamiliarTexts_HaveSharesSpreadEvenly()
    {
        TopicQuestion question = Question() with { AsNew = true };
        double[] shares =
        [
            .. Enumerable.Range(0, Corpus.Documents.Count).Select(i => Model.Answer(Corpus.Embeddings.Row(i), question).Novelty!.Value),
        ];

        Assert.Equal(0.5, shares.Average(), 0.02);
        Assert.Equal(0.05, shares.Count(share => share < 0.05) / (double)shares.Length, 0.02);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Answer_ForeignText_IsNovelInBothModes(bool byCentroid)
    {
        float[] foreign = Unit(14);

        TopicAnswer answer = Model.Answer(foreign, Question() with { ByCentroid = byCentroid });
        TopicAnswer never = new TopicModel(Model.State with { Options = Model.Options with { NoveltyThreshold = 0 } })
            .Answer(foreign, Question() with { ByCentroid = byCentroid });

        Assert.Equal((0.0, true), (answer.Novelty!.Value, answer.IsNovel));
        Assert.Equal((0.0, false), (never.Novelty!.Value, never.IsNovel));
    }

    [Fact]
    public void Answer_ManualTopics_HaveNoveltyWithoutLayout()
    {
        TopicModel model = Manual();
        float[] foreign = Unit(14);
        using ArchiveFolder folder = new();
        ModelArchive.Save(model, folder.Model, Token);
        TopicModel loaded = ModelArchive.Load(folder.Model, Token);

        foreach (TopicModel each in new[] { model, loaded })
        {
            Assert.Null(each.Layout);
            Assert.True(each.Answer(foreign, Question()).IsNovel);
            Assert.False(each.Answer(Nearly(Corpus.Embeddings.Row(0)), Question()).IsNovel);
        }
    }

    [Fact]
    public void Answer_SeedTopics_FamiliarTextsAreNotNovelAlthoughTheVectorsMoved()
    {
        float[] seed = Unit(0);
        seed[14] = 1;
        TableEmbedder encoder = new(16, SyntheticCorpus.Embedder.Sha256, new Dictionary<string, float[]> { ["graphics card"] = seed });
        TopicModel model = new TopicModelTrainer(SyntheticCorpus.Options with { SeedTopics = [["graphics", "card"]] }).Fit(
            Corpus.Input with { Guidance = new TopicGuidance { Embedder = encoder } }, ComputeOptions.Default, progress: null, Token);
        TopicQuestion question = Question() with { AsNew = true };

        double novel = Enumerable.Range(0, Corpus.Documents.Count)
            .Average(i => model.Answer(Corpus.Embeddings.Row(i), question).IsNovel ? 1.0 : 0.0);

        Assert.InRange(novel, 0, 0.1);
        Assert.True(model.Answer(Unit(11), question).IsNovel);
    }

    [Fact]
    public void Answer_VectorThatIsNotFinite_IsAnOutlierWithoutNovelty()
    {
        float[] vector = new float[16];
        vector[2] = float.NaN;

        TopicAnswer answer = Model.Answer(vector, Question());

        Assert.Equal((-1, false, null), (answer.Prediction.TopicId, answer.IsNovel, answer.Novelty));
    }

    [Fact]
    public void Answer_SavedModel_HasTheSameBits()
    {
        using ArchiveFolder folder = new();
        ModelArchive.Save(WithOutliers, folder.Model, Token);
        TopicModel loaded = ModelArchive.Load(folder.Model, Token);

        for (int number = 0; number < 40; number++)
        {
            var text = TextFingerprint.Of(Corpus.Documents[number].Text);
            TopicQuestion question = Question() with { Text = text, ByCentroid = number % 2 == 0 };
            float[] vector = number % 3 == 0 ? Corpus.Embeddings.Row(number).ToArray() : Between(number);

            TopicAnswer expected = WithOutliers.Answer(vector, question);
            TopicAnswer actual = loaded.Answer(vector, question);

            Assert.Equal(expected with { Prediction = actual.Prediction }, actual);
            Assert.Equal(expected.Prediction.TopicId, actual.Prediction.TopicId);
            Assert.Equal(expected.Prediction.Probability, actual.Prediction.Probability);
        }
    }

    [Fact]
    public void Answer_ArchiveOfAnEarlierRelease_RecognizesNothing()
    {
        using ArchiveFolder folder = new();
        ModelArchive.Save(new TopicModel(Model.State with { Texts = null, Novelty = null }), folder.Model, Token);
        TopicModel loaded = ModelArchive.Load(folder.Model, Token);

        TopicAnswer answer = loaded.Answer(Between(3), Question() with { Text = TextFingerprint.Of(Corpus.Documents[0].Text) });

        Assert.False(File.Exists(folder.File("documents.texts")));
        Assert.False(File.Exists(folder.File("documents.distances")));
        Assert.Equal((false, null, false), (answer.IsKnown, answer.Novelty, answer.IsNovel));
    }

    [Fact]
    public void Answer_MergedModels_KnowTheTextsOfAll()
    {
        TopicModel merged = new MergeModels(IdPrefixes: ["b/", "a/"]).Apply([Model, WithOutliers], Token);
        TopicQuestion question = Question() with { Text = TextFingerprint.Of(Corpus.Documents[0].Text) };

        TopicAnswer answer = merged.Answer(Corpus.Embeddings.Row(0), question);

        Assert.Equal(2 * Corpus.Documents.Count, merged.State.Texts!.Count);
        Assert.Equal((Model.Assignments[Row(Model, 0)], true), (answer.Prediction.TopicId, answer.IsKnown));
        Assert.Null(answer.Novelty);
    }

    private static TopicQuestion Question() => new(ByCentroid: false, AllTopics: false, Text: null);

    private static TopicModel Manual()
    {
        TopicGuidance guidance = new()
        {
            ManualTopics = Corpus.Documents.Index().ToDictionary(pair => pair.Item.Id, pair => pair.Index < 60 ? "cards" : "others"),
        };
        return new TopicModelTrainer(SyntheticCorpus.Options with { CalculateProbabilities = false }).Fit(
            Corpus.Input with { Guidance = guidance }, ComputeOptions.Default, progress: null, Token);
    }

    private static float[] Unit(int axis)
    {
        float[] vector = new float[16];
        vector[axis] = 1;
        return vector;
    }

    private static int Row(TopicModel model, int document) =>
        ((string[])model.DocumentIds).AsSpan().BinarySearch(Corpus.Documents[document].Id, StringComparer.Ordinal);

    private static ReadOnlySpan<float> OfDeletedTopic() =>
        Corpus.Embeddings.Row(Enumerable.Range(0, Corpus.Documents.Count).First(i => Model.Assignments[Row(Model, i)] == 3));

    /// <summary>A new vector next to a training vector.</summary>
    private static float[] Nearly(ReadOnlySpan<float> row)
    {
        float[] vector = row.ToArray();
        vector[5] += 1e-3f;
        return vector;
    }

    /// <summary>A vector between two training vectors.</summary>
    private static float[] Between(int number)
    {
        float[] vector = Corpus.Embeddings.Row(number).ToArray();
        ReadOnlySpan<float> other = Corpus.Embeddings.Row(((number * 53) + 7) % Corpus.Documents.Count);
        for (int i = 0; i < vector.Length; i++)
        {
            vector[i] = (vector[i] + other[i]) / 2;
        }

        return vector;
    }
}
