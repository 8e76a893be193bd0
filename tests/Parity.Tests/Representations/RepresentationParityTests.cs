using TopicGrpc.Parity.Representations;
using Xunit;

namespace TopicGrpc.Parity.Tests.Representations;

public sealed class RepresentationParityTests
{
    private const string Corpus = "state-of-the-union";

    [Fact]
    public void Representations_RealEncoder_EqualTheRecordedWords()
    {
        RepresentationCheck check = new();
        GoldenFolder golden = GoldenData.Find(Corpus, [.. check.Files]);

        Measure[] measures = [.. check.Run(golden, GoldenData.Documents(Corpus))];

        Assert.Equal(6, measures.Length);
        Assert.All(measures, measure => Assert.True(measure.Holds, measure.ToString()));
    }
}
