using TopicGrpc.Client.Models;
using Wire = TopicGrpc.V1.CompareModelVersionsResponse;

namespace TopicGrpc.Client.Sdk.Tests.Mapping;

public sealed class ComparisonTests
{
    [Fact]
    public void Map_Response_IsReadWhole()
    {
        Wire wire = new()
        {
            BaseModelVersion = "models/news/versions/3",
            ModelVersion = "models/news/versions/5",
            SharedDocumentCount = 900,
            AdjustedRandIndex = 0.75,
            UidStability = 0.5,
        };
        wire.Matches.Add(new Wire.Types.TopicMatch
        {
            Change = Wire.Types.Change.Split,
            BaseTopic = new Wire.Types.Side
            {
                Uid = "taaaaaaaaaaaa",
                TopicId = 4,
                TopicName = "4_gpu",
                Label = "Graphics",
                DocumentCount = 80,
            },
            Topic = new Wire.Types.Side { Uid = "tbbbbbbbbbbbb", TopicId = 7, TopicName = "7_monitor", DocumentCount = 30 },
            CentroidSimilarity = 0.9,
            TermSimilarity = 0.6,
            DocumentOverlap = 0.3,
            SharedDocumentCount = 25,
        });
        wire.Matches.Add(new Wire.Types.TopicMatch { Change = (Wire.Types.Change)77, Topic = new Wire.Types.Side { TopicId = 1 } });

        VersionComparison comparison = ComparisonMapping.Map(wire);

        Assert.Equal(("news@3", "news@5"), (comparison.Before.ToString(), comparison.After.ToString()));
        Assert.Equal((900, 0.75, 0.5), (comparison.SharedDocumentCount, comparison.AdjustedRandIndex, comparison.UidStability));
        TopicMatch split = comparison.Matches[0];
        Assert.Equal(new ComparedTopic { Id = 4, Uid = "taaaaaaaaaaaa", Name = "4_gpu", Label = "Graphics", Count = 80 }, split.Before);
        Assert.Equal(
            (TopicChange.Split, "tbbbbbbbbbbbb", 0.9, 0.6, 0.3, 25),
            (
                split.Change,
                split.After!.Uid,
                split.CentroidSimilarity,
                split.TermSimilarity,
                split.DocumentOverlap,
                split.SharedDocumentCount));
        Assert.Equal(
            (TopicChange.Unknown, null, null, null),
            (
                comparison.Matches[1].Change,
                comparison.Matches[1].Before,
                comparison.Matches[1].CentroidSimilarity,
                comparison.Matches[1].TermSimilarity));
    }

    [Fact]
    public void Map_NoDocumentShared_HasNoFigures()
    {
        VersionComparison comparison = ComparisonMapping.Map(
            new Wire { BaseModelVersion = "models/a/versions/1", ModelVersion = "models/b/versions/1" });

        Assert.Null(comparison.AdjustedRandIndex);
        Assert.Null(comparison.UidStability);
    }
}
