using TopicGrpc.Engine.Topics.Settings;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Fitting;
using TopicGrpc.Shared;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Tests.Fitting;

public sealed class MinimumDocumentsTests
{
    // S02, F24: twice the size exceeds 32 bits.
    [Theory]
    [InlineData(1_100_000_000, 2_200_000_000)]
    [InlineData(2_000_000_000, 4_000_000_000)]
    [InlineData(int.MaxValue, 4_294_967_294)]
    public void Check_ClusterSizeNearTheLargestInteger_TooFewDocuments(int size, long need)
    {
        TopicModelOptions settings = new() { Clusters = new() { MinClusterSize = size } };

        ServiceException fault = Assert.Throws<ServiceException>(
            () => MinimumDocuments.Check("corpora/news", 120, new FitSettings(), settings));

        Assert.Equal(ErrorReasons.TooFewDocuments, fault.Reason);
        Assert.Equal(need, MinimumDocuments.Needed(new FitSettings(), settings));
    }
}
