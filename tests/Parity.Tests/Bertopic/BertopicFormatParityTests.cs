using TopicGrpc.Parity.Bertopic;
using Xunit;

namespace TopicGrpc.Parity.Tests.Bertopic;

public sealed class BertopicFormatParityTests
{
    private const string Corpus = "state-of-the-union";

    [Fact]
    public void BertopicFormat_RecordedModel_ComesInAndGoesOutEqual()
    {
        BertopicFormatCheck check = new();
        GoldenFolder golden = GoldenData.Find(Corpus, [.. check.Files]);

        Measure[] measures = [.. check.Run(golden, [])];

        Assert.Equal(15, measures.Length);
        Assert.All(measures, measure => Assert.True(measure.Holds, measure.ToString()));
    }
}
