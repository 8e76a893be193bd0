using TopicGrpc.Server.Embedding;

namespace TopicGrpc.Server.Tests.Predicting;

public sealed class EmbeddingCostModelTests
{
    private readonly EmbeddingCostModel _model = new(256);

    public EmbeddingCostModelTests()
    {
        for (int text = 0; text < 20; text++)
        {
            _model.Observe(10, TimeSpan.FromMilliseconds(10));
        }
    }

    [Fact]
    public void EstimateWait_WaitsTurnOutLonger_FollowsThem()
    {
        Assert.Equal(50, _model.EstimateWait(100, threads: 2).TotalMilliseconds, 6);

        for (int text = 0; text < 100; text++)
        {
            _model.ObserveWait(TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(100));
        }

        Assert.InRange(_model.EstimateWait(100, threads: 2).TotalMilliseconds, 95, 100);
        Assert.Equal(10, _model.Estimate(10).TotalMilliseconds, 6);
    }

    [Fact]
    public void EstimateWait_WaitsTurnOutShorter_StaysAtTheCost()
    {
        for (int text = 0; text < 100; text++)
        {
            _model.ObserveWait(TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(5));
        }

        Assert.Equal(50, _model.EstimateWait(100, threads: 2).TotalMilliseconds, 6);
    }

    [Fact]
    public void ObserveWait_HardlyAnythingAhead_SaysNothing()
    {
        _model.ObserveWait(TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(30));

        Assert.Equal(50, _model.EstimateWait(100, threads: 2).TotalMilliseconds, 6);
    }
}
