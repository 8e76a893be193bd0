using System.Globalization;
using TopicGrpc.Engine.Archive;
using TopicGrpc.Engine.Documents;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics;
using TopicGrpc.Engine.Topics.Fitting;
using TopicGrpc.Engine.Topics.Reports;
using TopicGrpc.Engine.Topics.Settings;
using Xunit;

namespace TopicGrpc.Engine.Tests.Topics.Fitting;

public sealed class RepeatedTextsTests
{
    private const int Groups = 6;
    private const int Each = 50;
    private const int Copies = 900;
    private const string Template = "Your order has been sent";

    [Fact]
    public void Fit_TemplateSentManyTimes_IsOneTopicAndTheOthersAreFound()
    {
        TopicModel model = Fit(AutomaticSettings.All, Copies);

        int template = Assert.Single(Labels(model, Template).Distinct());
        Assert.Equal(Groups + 1, model.Report.Topics);
        Assert.True(template >= 0);
        Assert.Equal(Copies, model.Assignments.Count(topic => topic == template));
        DuplicateGroup group = model.Report.Duplicates[0];
        Assert.Equal((Copies, 1), (group.Documents, group.Texts));
        Assert.StartsWith("copy", group.DocumentId, StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_DuplicatesOfSomeDocuments_GetTheTopicOfTheirText()
    {
        TopicModel once = Fit(AutomaticSettings.All, copies: 0);

        TopicModel model = Fit(AutomaticSettings.All, copies: 0, repeatFirst: 40);

        Assert.Equal(once.Report.Topics, model.Report.Topics);
        Assert.Single(Labels(model, TextOf(0)).Distinct());
        Assert.Equal(Groups * Each, once.Assignments.Length);
        Assert.Equal((Groups * Each) + 40, model.Assignments.Length);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(30)]
    public void Fit_FewOrManyCopies_OneTopicAndOnePosition(int copies)
    {
        TopicModel model = Fit(AutomaticSettings.All, copies: 0, repeatFirst: copies);

        int[] rows = [.. Enumerable.Range(0, model.Assignments.Length).Where(row => TextOfId(model.State.DocumentIds[row]) == TextOf(0))];
        Assert.Equal(copies + 1, rows.Length);
        Assert.Single(rows.Select(row => model.Assignments[row]).Distinct());
        Assert.All(rows, row => Assert.Equal(model.Layout!.Embedding.Row(rows[0]).ToArray(), model.Layout.Embedding.Row(row).ToArray()));
        DuplicateGroup group = Assert.Single(model.Report.Duplicates, group => group.Documents > copies);
        Assert.Equal(1, group.Texts);
    }

    [Fact]
    public void Fit_DuplicatesKept_ReportHasNone() =>
        Assert.Empty(Fit(AutomaticSettings.All with { MergeDuplicates = false }, copies: 20).Report.Duplicates);

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Fit_DuplicatesAnyNumberOfThreads_SameModel(int threads)
    {
        TopicModel two = Fit(AutomaticSettings.All, copies: 100);

        TopicModel other = Fit(AutomaticSettings.All, copies: 100, threads: threads);

        Assert.Equal(two.Assignments, other.Assignments);
        Assert.Equal(two.Layout!.Embedding.Values, other.Layout!.Embedding.Values);
        Assert.Equal(two.Report.Resolution, other.Report.Resolution);
    }

    [Fact]
    public void Predict_TextOfTheFit_ItsTopicAlsoAfterLoading()
    {
        TopicModel model = Fit(AutomaticSettings.All, copies: 100);
        string folder = Directory.CreateTempSubdirectory("topicgrpc-repeated-").FullName;
        try
        {
            string path = Path.Combine(folder, "model");
            ModelArchive.Save(model, path, TestContext.Current.CancellationToken);
            TopicModel loaded = ModelArchive.Load(path, TestContext.Current.CancellationToken);

            Assert.Equal(model.Assignments, loaded.Assignments);
            Assert.Equal(model.Report.Duplicates, loaded.Report.Duplicates);
            Assert.Equal(model.Report.Resolution, loaded.Report.Resolution);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static IEnumerable<int> Labels(TopicModel model, string text) =>
        model.State.DocumentIds.Select((id, row) => (id, row))
            .Where(pair => TextOfId(pair.id) == text)
            .Select(pair => model.Assignments[pair.row]);

    private static string TextOfId(string id) => id.StartsWith("copy", StringComparison.Ordinal)
        ? Template
        : TextOf(int.Parse(id.AsSpan(id.LastIndexOf('-') + 1), CultureInfo.InvariantCulture));

    private static string TextOf(int row) => $"word{row % Groups} text{row}";

    private static TopicModel Fit(TopicModelOptions options, int copies, int repeatFirst = 0, int threads = 2)
    {
        Matrix planted = PlantedVectors.Create(Groups + 1, Each);
        List<(Document Document, int Row)> rows = [];
        for (int row = 0; row < planted.Rows; row++)
        {
            if (row % (Groups + 1) < Groups)
            {
                int number = (row / (Groups + 1) * Groups) + (row % (Groups + 1));
                rows.Add((new Document($"text-{number}", TextOf(number)), row));
            }
        }

        for (int i = 0; i < copies; i++)
        {
            rows.Add((new Document($"copy-{i:D5}", Template), Groups));
        }

        for (int i = 0; i < repeatFirst; i++)
        {
            rows.Add((new Document($"again{i}-0", TextOf(0)), 0));
        }

        Matrix vectors = new(rows.Count, planted.Columns);
        for (int row = 0; row < vectors.Rows; row++)
        {
            planted.Row(rows[row].Row).CopyTo(vectors.Row(row));
        }

        return new TopicModelTrainer(options).Fit(
            [.. rows.Select(row => row.Document)],
            vectors,
            SyntheticCorpus.Embedder with { Dimension = vectors.Columns },
            new ComputeOptions { Threads = threads },
            progress: null,
            TestContext.Current.CancellationToken);
    }
}
