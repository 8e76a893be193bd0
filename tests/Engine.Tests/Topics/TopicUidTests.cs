using System.Text.RegularExpressions;
using TopicGrpc.Engine.Archive;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Tests.Archive;
using TopicGrpc.Engine.Topics;
using TopicGrpc.Engine.Topics.Operations;
using Xunit;
using static TopicGrpc.Engine.Tests.Topics.Lineage.GroupedModel;

namespace TopicGrpc.Engine.Tests.Topics;

public sealed partial class TopicUidTests : IDisposable
{
    private readonly ArchiveFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Uids_NewModel_AreDistinctWellFormedAndNoneForOutliers()
    {
        TopicModel model = Of(100, Range(0, 30), Range(30, 60), Range(60, 90));

        Assert.All(model.Uids(), static uid => Assert.Matches(WellFormed(), uid));
        Assert.Equal(3, model.Uids().Distinct().Count());
        Assert.Equal("", model.Topics[0].Uid);
    }

    [Fact]
    public void Uids_SameDocumentsAndWords_AreTheSameWhateverTheNumber()
    {
        // Worked out by Python's hashlib and base64. Clients store uids, so every release must find the same ones.
        Assert.Equal(["ti3mmfjvqug7e"], Of(5, Range(0, 3)).Uids());
        Assert.NotEqual(Of(5, Range(0, 3)).Uids(), Of(5, Range(0, 4)).Uids());
        Assert.NotEqual(Of(5, Range(0, 3)).Uids(), Of(5, Range(1, 4)).Uids());
    }

    [Fact]
    public void Uids_TopicsWithoutDocumentsAndWords_AreStillDistinct()
    {
        TopicModel model = Of(10, Range(0, 10));
        Topic empty = new(1, 0, "1_", [], []);

        TopicModelState state = model.State with
        {
            Topics = [model.Topics[0], empty, empty with { Id = 2 }],
            TopicCentroids = [.. model.State.TopicCentroids, 0, 0, 0, 0, 0, 0],
            TermWeights = new CsrMatrix<double>(0, new int[4], [], []),
            Mapper = TopicMapper.Identity(3, outliers: false),
        };
        TopicModel two = new(state.WithUids());

        Assert.Equal(3, two.Uids().Distinct().Count());
    }

    [Theory]
    [InlineData("t123")]
    [InlineData("taaaaaaaaaaa1")]
    [InlineData("xaaaaaaaaaaaa")]
    public void Uids_Malformed_AreRefused(string uid)
    {
        TopicModelState state = Of(10, Range(0, 10)).State;

        Assert.Throws<ArgumentException>(() => new TopicModel(state with { Topics = [state.Topics[0] with { Uid = uid }] }));
    }

    [Fact]
    public void Create_TopicWithoutUid_IsRejected()
    {
        TopicModelState state = Of(10, Range(0, 10)).State;
        TopicModelState without = state with { Topics = [state.Topics[0] with { Uid = "" }] };

        Assert.Throws<ArgumentException>(() => new TopicModel(without));
        Assert.Equal(state.Topics[0].Uid, without.WithUids().Topics[0].Uid);
        Assert.Same(state, state.WithUids());
    }

    [Fact]
    public void Find_IdOrUid_IsThatTopicOrNull()
    {
        TopicModel model = Of(100, Range(0, 30), Range(30, 60));

        Assert.All(model.Topics, topic => Assert.Same(topic, model.Find(topic.Id)));
        Assert.All(model.Topics.Skip(1), topic => Assert.Same(topic, model.Find(topic.Uid)));
        Assert.Null(model.Find(-2));
        Assert.Null(model.Find(2));
        Assert.Null(model.Find(int.MaxValue));
        Assert.Null(model.Find(""));
        Assert.Null(model.Find("taaaaaaaaaaaa"));
    }

    [Fact]
    public void Uids_OneTwice_IsRefused()
    {
        TopicModelState state = Of(10, Range(0, 5), Range(5, 10)).State;

        Assert.Throws<ArgumentException>(
            () => new TopicModel(state with { Topics = [state.Topics[0], state.Topics[1] with { Uid = state.Topics[0].Uid }] }));
    }

    [Fact]
    public void Uids_SavedAndLoaded_AreThoseThatWereGiven()
    {
        TopicModel model = SmallModel.Instance;
        string[] given = [.. model.Uids().Select(static uid => "taaaaaaaaaa" + uid[^2..])];
        Topic[] topics = [.. model.Topics.Select(topic => topic.Id < 0 ? topic : topic with { Uid = given[topic.Id] })];
        TopicModel named = new(model.State with { Topics = topics });
        ModelArchive.Save(named, _folder.Model, Token);

        Assert.Equal(given, ModelArchive.Load(_folder.Model, Token).Uids());
    }

    [Fact]
    public void MergeTopics_TwoTopics_TheLargerOnesUidGoesOn()
    {
        TopicModel model = SmallModel.Instance;
        string[] before = model.Uids();

        TopicModel merged = new MergeTopics([[2, 0]]).Apply(model, SmallModel.Documents, new ComputeOptions(), Token);

        Assert.Equal(before.Length - 1, merged.Uids().Length);
        Assert.Equal(before.Where((_, topic) => topic != 2).Order(), merged.Uids().Order());
        Assert.Equal(before[0], merged.Topics.Single(static topic => topic.Id == 0).Uid);
    }

    [Fact]
    public void Operations_ThatKeepTopics_KeepUids()
    {
        TopicModel model = SmallModel.Instance;
        TopicOperation[] operations =
        [
            new UpdateTopics { TopWordCount = 3 },
            new SetTopicLabels(new Dictionary<int, string> { [0] = "named" }),
        ];

        foreach (TopicOperation operation in operations)
        {
            Assert.Equal(model.Uids(), operation.Apply(model, SmallModel.Documents, new ComputeOptions(), Token).Uids());
        }
    }

    [Fact]
    public void DeleteTopicsThenReduceOutliers_OneUidEndsAndTheOthersGoOn()
    {
        TopicModel model = SmallModel.Instance;
        TopicModel rest = new DeleteTopics([1]).Apply(model, SmallModel.Documents, new ComputeOptions(), Token);

        TopicModel reduced = new ReduceOutliers(OutlierStrategy.Embeddings).Apply(rest, SmallModel.Documents, new ComputeOptions(), Token);

        Assert.Equal(model.Uids().Where((_, topic) => topic != 1).Order(), rest.Uids().Order());
        Assert.Equal(rest.Uids(), reduced.Uids());
        Assert.True(reduced.Report.Outliers < rest.Report.Outliers);
    }

    [Fact]
    public void MergeModels_TwoWithTheSameUid_TheFirstKeepsItAndTheOtherGetsANewOne()
    {
        TopicModel first = Of([.. Range(0, 20)], [[1, 0, 0]], Range(0, 20));
        TopicModel second = Of([.. Range(20, 50)], [[0, 1, 0]], Range(20, 50));
        TopicModel renamed = new(second.State with { Topics = [second.Topics[0] with { Uid = first.Uids()[0] }] });

        string[] uids = new MergeModels().Apply([first, renamed], Token).Uids();

        Assert.Equal(first.Uids()[0], uids[0]);
        Assert.Equal(2, uids.Distinct().Count());
        Assert.Equal([first.Uids()[0], second.Uids()[0]], new MergeModels().Apply([first, second], Token).Uids());
    }

    [GeneratedRegex(@"\At[a-z2-7]{12}\z")]
    private static partial Regex WellFormed();
}
