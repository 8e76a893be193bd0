using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using TopicGrpc.Server.Fitting;
using TopicGrpc.Server.Scheduling;

namespace TopicGrpc.Server.Tests.Fitting;

public sealed class FitThreadsTests
{
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public void Compute_CallsComeAndGo_LeavesACoreToThemMeanwhile()
    {
        CallWatch calls = new(_clock);
        FitThreads threads = new(Options.Create(new FitOptions()), calls);
        int cores = Environment.ProcessorCount;
        Assert.Equal(cores, threads.Compute.Threads);

        calls.Note();
        _clock.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal(Math.Max(1, cores - 1), threads.Compute.Threads);

        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(cores, threads.Compute.Threads);
    }

    [Fact]
    public void Compute_NumberIsSet_IsTaken()
    {
        CallWatch calls = new(_clock);
        FitThreads threads = new(Options.Create(new FitOptions { Threads = 3 }), calls);

        calls.Note();

        Assert.Equal(3, threads.Compute.Threads);
        Assert.Equal(3, threads.Most);
    }
}
