using FsCheck.Xunit;
using TopicGrpc.Server.Embedding;

namespace TopicGrpc.Server.Tests.Predicting;

/// <summary>The order in which texts of several callers are embedded.</summary>
public sealed class FairQueueTests
{
    private const int LongestUnits = 264;

    private readonly FairQueue _queue = new();

    [Fact]
    public void Take_OneCaller_IsInOrderOfArrival()
    {
        string[] texts = [.. Enumerable.Range(0, 20).Select(static number => FormattableString.Invariant($"a {number:00}"))];
        foreach (string text in texts)
        {
            Add("a", text, units: 10 + (text.GetHashCode(StringComparison.Ordinal) & 0x7f));
        }

        Assert.Equal(texts, Drain());
    }

    [Fact]
    public void Take_CallersWithEqualTexts_TakeTurns()
    {
        for (int number = 0; number < 3; number++)
        {
            Add("a", $"a{number}", 10);
        }

        for (int number = 0; number < 3; number++)
        {
            Add("b", $"b{number}", 10);
        }

        Assert.Equal(["a0", "b0", "a1", "b1", "a2", "b2"], Drain());
    }

    [Fact]
    public void Take_CallerArrivesBehindABacklog_WaitsForOneTextOfIt()
    {
        for (int number = 0; number < 500; number++)
        {
            Add("greedy", $"g{number}", 10);
        }

        for (int number = 0; number < 100; number++)
        {
            _queue.Take();
        }

        Add("quiet", "q", 10);

        Assert.Equal("g100", _queue.Take()!.Text);
        Assert.Equal("q", _queue.Take()!.Text);
    }

    [Fact]
    public void Take_LongTextsBesideShortOnes_ShareUnitsAndNotTexts()
    {
        for (int number = 0; number < 100; number++)
        {
            Add("long", "l", 200);
            Add("short", "s", 10);
        }

        Dictionary<string, int> taken = new() { ["long"] = 0, ["short"] = 0 };
        for (int number = 0; number < 100; number++)
        {
            EmbeddingJob job = _queue.Take()!;
            taken[job.Caller] += job.Units;
        }

        Assert.InRange(taken["long"] - taken["short"], -210, 210);
    }

    [Fact]
    public void Take_CallerReturnsAtOnceAfterEachText_GetsNoMoreThanItsShare()
    {
        for (int number = 0; number < 100; number++)
        {
            Add("waits", "w", 10);
        }

        int returned = 0;
        Add("returns", "r", 10);
        for (int number = 0; number < 100; number++)
        {
            if (_queue.Take()!.Caller == "returns")
            {
                returned++;
                Add("returns", "r", 10);
            }
        }

        Assert.InRange(returned, 49, 50);
    }

    [Fact]
    public void TryRemove_FirstOfACaller_ItsNextTakesThePlace()
    {
        EmbeddingJob first = Add("a", "a0", 200);
        Add("a", "a1", 10);
        Add("b", "b0", 100);

        Assert.True(_queue.TryRemove(first));
        Assert.False(_queue.TryRemove(first));

        Assert.Equal((2, 110L), (_queue.Count, _queue.Units));
        Assert.Equal(["a1", "b0"], Drain());
        Assert.Equal((0, 0L), (_queue.Count, _queue.Units));
    }

    [Fact]
    public void TryDisplace_CallerBelowItsShare_RemovesTheNewestOfTheFullest()
    {
        Add("a", "a0", 10);
        Add("a", "a1", 10);
        Add("a", "a2", 10, isPaced: true);
        Add("b", "b0", 10);

        Assert.Null(_queue.TryDisplace("a"));
        Assert.Null(_queue.TryDisplace("b"));
        Assert.Equal("a1", _queue.TryDisplace("c")!.Text);
        Assert.Null(_queue.TryDisplace("c"));
        Assert.Equal((2, 3), (_queue.Limited, _queue.Count));
    }

    [Property(MaxTest = 300)]
    public void Take_AnyArrivalsAndRemovals_NoCallerWaitsMoreThanItsShareAndOneText(int seed)
    {
        Random random = new(seed);
        string[] callers = [.. Enumerable.Range(0, random.Next(1, 6)).Select(static number => $"c{number}")];
        List<Waiting> waiting = [];
        for (int step = 0; step < 400; step++)
        {
            switch (random.Next(5))
            {
                case 0 or 1 or 2:
                    string caller = callers[random.Next(callers.Length)];
                    long own = waiting.Where(text => text.Job.Caller == caller).Sum(static text => (long)text.Job.Units);
                    EmbeddingJob job = Add(caller, "t", random.Next(1, LongestUnits + 1));
                    waiting.Add(new Waiting(job, own + job.Units, []));
                    break;
                case 3:
                    Served(waiting);
                    break;
                default:
                    if (waiting.Count > 0)
                    {
                        int index = random.Next(waiting.Count);
                        Assert.True(_queue.TryRemove(waiting[index].Job));
                        waiting.RemoveAt(index);
                    }

                    break;
            }

            Assert.Equal(waiting.Count, _queue.Count);
            Assert.Equal(waiting.Sum(static text => (long)text.Job.Units), _queue.Units);
        }

        while (waiting.Count > 0)
        {
            Served(waiting);
        }

        Assert.Null(_queue.Take());
    }

    [Property(MaxTest = 200)]
    public void UnitsBefore_AnyBacklog_IsWhatIsTakenBeforeUpToATextOfEachOtherCaller(int seed)
    {
        Random random = new(seed);
        int callers = random.Next(1, 6);
        for (int step = 0; step < 200; step++)
        {
            if (random.Next(3) > 0)
            {
                Add($"c{random.Next(callers)}", "t", random.Next(1, LongestUnits + 1));
            }
            else
            {
                _queue.Take();
            }
        }

        int units = random.Next(1, LongestUnits + 1);
        long expected = _queue.UnitsBefore("c0", units);
        EmbeddingJob asked = Add("c0", "asked", units);
        long before = 0;
        while (_queue.Take() is { } job && job != asked)
        {
            before += job.Units;
        }

        Drain();
        Assert.InRange(before - expected, -LongestUnits * (callers - 1), 0);
    }

    /// <summary>Takes a text and checks what the other callers were served while it waited.</summary>
    private void Served(List<Waiting> waiting)
    {
        EmbeddingJob? job = _queue.Take();
        if (job is null)
        {
            Assert.Empty(waiting);
            return;
        }

        Waiting taken = waiting.First(text => text.Job == job);
        Assert.Equal(job, waiting.First(text => text.Job.Caller == job.Caller).Job);
        foreach ((string other, (long units, int longest)) in taken.Others)
        {
            Assert.True(
                units <= taken.Share + longest,
                FormattableString.Invariant($"{other} was served {units} units while a share of {taken.Share} waited."));
        }

        waiting.Remove(taken);
        foreach (Waiting text in waiting.Where(text => text.Job.Caller != job.Caller))
        {
            (long units, int longest) = text.Others.GetValueOrDefault(job.Caller);
            text.Others[job.Caller] = (units + job.Units, Math.Max(longest, job.Units));
        }
    }

    private EmbeddingJob Add(string caller, string text, int units, bool isPaced = false)
    {
        EmbeddingJob job = new(text, units, enqueued: 0, CancellationToken.None) { Caller = caller, IsPaced = isPaced };
        _queue.Add(job);
        return job;
    }

    private List<string> Drain()
    {
        List<string> texts = [];
        while (_queue.Take() is { } job)
        {
            texts.Add(job.Text);
        }

        return texts;
    }

    /// <summary>A text that waits.</summary>
    /// <param name="Job">The text.</param>
    /// <param name="Share">Units of its caller that were queued when it arrived, its own included.</param>
    /// <param name="Others">What each other caller was served since then: units, and the longest text.</param>
    private sealed record Waiting(EmbeddingJob Job, long Share, Dictionary<string, (long Units, int Longest)> Others);
}
