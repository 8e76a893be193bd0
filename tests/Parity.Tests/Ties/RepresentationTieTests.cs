using TopicGrpc.Engine.Embeddings;
using TopicGrpc.Engine.Topics;
using TopicGrpc.Engine.Topics.Description;
using TopicGrpc.Parity.Representations;
using TopicGrpc.Parity.Topics;
using Xunit;

namespace TopicGrpc.Parity.Tests.Ties;

public sealed class RepresentationTieTests
{
    private static readonly string[] Texts = ["alpha alpha alpha beta beta kilo lima mike", "hockey hockey puck"];
    private static readonly TopicModel Model = Build();

    [Theory]
    [InlineData(1, true, false)]
    [InlineData(2, true, false)]
    [InlineData(3, false, true)]
    [InlineData(5, false, false)]
    public void Ties_CandidatesOfAlphaBetaAndThreeEqualWords_AreFound(int candidates, bool areDistinct, bool cutsATie)
    {
        Assert.Equal(areDistinct, RepresentationTies.AreDistinct(Model, 0, candidates));
        Assert.Equal(cutsATie, RepresentationTies.CutsATie(Model, 0, candidates));
    }

    [Theory]
    [InlineData("kilo", 0)]
    [InlineData("lima", 0)]
    [InlineData("mike", 0)]
    [InlineData("puck", 1)]
    [InlineData("unknown", 1)]
    public void Impossible_ThirdCandidate_IsAnyWordOfItsWeight(string word, int expected) => Assert.Equal(
        expected, RepresentationTies.Impossible(Model, [[new TopicWord(word, 0.5)], [new TopicWord("hockey", 0.5)]], candidates: 3));

    private static TopicModel Build()
    {
        using Recording recording = new();
        recording.Add("topics/plain/topics", [0, 1]);
        RecordedModel recorded = new(recording.Folder, RecordedModel.Plain);
        TopicContent content = recorded.Extract(Texts);
        TopicAssignments assignments = recorded.Assignments;
        return new TopicModel(new TopicModelState
        {
            Options = recorded.Options,
            Embedder = new EmbedderInfo("none", "full", new string('0', 64), 2, 256),
            DocumentIds = RecordedModel.Documents(Texts).Ids,
            Assignments = assignments.Topics,
            ClusterStrengths = new double[2],
            Topics = content.Topics,
            TopicCentroids = [1, 0, 0, 1],
            Mapper = TopicMapper.Identity(2, outliers: false),
            Vocabulary = content.Vocabulary,
            InverseFrequencies = content.InverseFrequencies,
            TermWeights = content.TermWeights,
            Report = assignments.Report([], [], recorded.Options),
        }.WithUids());
    }
}
