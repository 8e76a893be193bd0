using Microsoft.Extensions.Time.Testing;
using TopicGrpc.Server.Embedding;

namespace TopicGrpc.Server.Tests.Predicting;

/// <summary>Deadlines are monotonic (F21): a step of the wall clock changes no running call.</summary>
public sealed class CallDeadlineTests
{
    [Theory]
    [InlineData(true, 3600)]
    [InlineData(true, -3600)]
    [InlineData(false, 3600)]
    public void Remaining_ClockSteps_StaysTheSame(bool isOfCaller, int step)
    {
        SteppedClock clock = new();
        DateTime deadline = isOfCaller ? clock.GetUtcNow().UtcDateTime.AddSeconds(20) : DateTime.MaxValue;
        using var call = CallDeadline.Of(deadline, TimeSpan.FromSeconds(20), clock, CancellationToken.None);

        clock.Step = TimeSpan.FromSeconds(step);
        clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(TimeSpan.FromSeconds(15), call.Remaining);
    }

    [Theory]
    [InlineData(3600)]
    [InlineData(-3600)]
    public void HasPassed_ClockSteps_FollowsTheTimeThatPassed(int step)
    {
        SteppedClock clock = new();
        DateTime deadline = clock.GetUtcNow().UtcDateTime.AddSeconds(20);
        using var call = CallDeadline.Of(deadline, TimeSpan.Zero, clock, CancellationToken.None);

        clock.Step = TimeSpan.FromSeconds(step);
        clock.Advance(TimeSpan.FromSeconds(19));
        bool before = call.HasPassed;
        clock.Advance(TimeSpan.FromSeconds(1));

        Assert.False(before);
        Assert.True(call.HasPassed);
    }

    [Fact]
    public void Remaining_NoDeadline_IsInfinite()
    {
        using var call = CallDeadline.Of(DateTime.MaxValue, TimeSpan.Zero, new SteppedClock(), CancellationToken.None);

        Assert.Equal(Timeout.InfiniteTimeSpan, call.Remaining);
    }

    /// <summary>A clock whose wall time steps while its timestamps do not.</summary>
    private sealed class SteppedClock : FakeTimeProvider
    {
        public TimeSpan Step { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => base.GetUtcNow().Ticks;

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Step;
    }
}
