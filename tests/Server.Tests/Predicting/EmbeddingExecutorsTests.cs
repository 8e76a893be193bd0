using Grpc.Core;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using TopicGrpc.Server.Access;
using TopicGrpc.Server.Embedding;
using TopicGrpc.Server.Errors;

namespace TopicGrpc.Server.Tests.Predicting;

public sealed class EmbeddingExecutorsTests : IDisposable
{
    private readonly FakeTimeProvider _clock = new();
    private readonly SteppedEmbedder _embedder;
    private readonly EmbeddingExecutors _executors;
    private readonly List<EmbeddingExecutors> _others = [];
    private bool _hasEnded;

    public EmbeddingExecutorsTests()
    {
        _embedder = new SteppedEmbedder(_clock);
        _executors = new EmbeddingExecutors(_embedder, Options.Create(new EmbeddingOptions { Executors = 1, MaxQueue = 1000 }), _clock);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task EmbedAsync_BulkTextsAtWork_DoNotDelayAnInteractiveOne(bool isPaced)
    {
        EmbeddingPriority priority = isPaced ? EmbeddingPriority.Paced : EmbeddingPriority.Bulk;
        Task<EmbeddingOutcome>[] bulk =
        [
            .. Enumerable.Range(0, 5).Select(number => EmbedAsync(FormattableString.Invariant($"held {number}"), priority, null, Token)),
        ];
        await _embedder.HeldAsync();

        await EmbedAsync("asked", EmbeddingPriority.Interactive, null, Token);

        Assert.Equal(["asked"], _embedder.Embedded);
        _embedder.Release();
        await Task.WhenAll(bulk);
        Assert.Equal(6, _embedder.Embedded.Count);
    }

    [Fact]
    public async Task EmbedAsync_BulkText_TakesIdleTimeAndAnInteractiveOneDoesNot()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux has a policy for each thread.");

        await EmbedAsync("bulk", EmbeddingPriority.Bulk, null, Token);
        await EmbedAsync("asked", EmbeddingPriority.Interactive, null, Token);

        Assert.Equal(["bulk"], _embedder.EmbeddedIdly);
    }

    [Fact]
    public async Task EmbedAsync_ThreadsOfBulkGetNoCore_OthersEmbedItsTexts()
    {
        // The only thread of bulk stands still in the first text, as it does on a machine whose cores are all busy.
        Task<EmbeddingOutcome> stuck = EmbedAsync("held", EmbeddingPriority.Paced, null, Token);
        await _embedder.HeldAsync();
        string[] texts = [.. Enumerable.Range(0, 30).Select(static number => FormattableString.Invariant($"bulk {number:00}"))];
        Task<EmbeddingOutcome>[] waiting = [.. texts.Select(text => EmbedAsync(text, EmbeddingPriority.Paced, null, Token))];
        Assert.Empty(_embedder.Embedded);

        _clock.Advance(TimeSpan.FromSeconds(1));
        await stuck;
        await Task.WhenAll(waiting);

        Assert.Equal(texts, _embedder.Embedded.Where(static text => text != "held"));
        Assert.Contains("held", _embedder.Embedded);
        Assert.Empty(_embedder.EmbeddedIdly);
        End();
        Assert.Equal(0, _executors.WastedTokens);
        Assert.Equal(32, _embedder.Embedded.Count);
    }

    [Fact]
    public async Task EmbedAsync_WaitWouldTakeMostOfTheDeadline_IsRefusedWithTheWaitAsDelay()
    {
        await TrainAsync(TimeSpan.FromMilliseconds(10));
        Task<EmbeddingOutcome> running = EmbedAsync("held", EmbeddingPriority.Interactive, null, Token);
        await _embedder.HeldAsync();
        List<Task<EmbeddingOutcome>> waiting = [];
        ServiceException? refusal = null;
        while (refusal is null && waiting.Count < 200)
        {
            try
            {
                Task<EmbeddingOutcome> next = EmbedAsync("some text", EmbeddingPriority.Interactive, TimeSpan.FromSeconds(1), Token);
                waiting.Add(next);
                if (next.IsFaulted)
                {
                    waiting.Remove(next);
                    await next;
                }
            }
            catch (ServiceException exception)
            {
                refusal = exception;
            }
        }

        // Each takes ten milliseconds, and three quarters of a second may be spent in the queue.
        Assert.InRange(waiting.Count, 70, 80);
        Assert.Equal(StatusCode.ResourceExhausted, refusal!.Code);
        Assert.InRange(refusal.RetryAfter!.Value.TotalMilliseconds, 700, 800);
        _embedder.Release();
        await running;
        await Task.WhenAll(waiting);
    }

    [Fact]
    public async Task EmbedAsync_HalfOfTheCallersGone_TheOthersAreAnsweredAndOnlyTheRunAtWorkIsWasted()
    {
        using CancellationTokenSource gone = new();
        Task<EmbeddingOutcome> running = EmbedAsync("held", EmbeddingPriority.Interactive, null, gone.Token);
        await _embedder.HeldAsync();
        Task<EmbeddingOutcome>[] waiting =
        [
            .. Enumerable.Range(0, 20).Select(number => EmbedAsync(
                FormattableString.Invariant($"text {number}"), EmbeddingPriority.Interactive, null, number % 2 == 0 ? gone.Token : Token)),
        ];

        await gone.CancelAsync();
        Assert.Equal(10, _executors.Waiting);
        _embedder.Release();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        for (int number = 0; number < waiting.Length; number++)
        {
            if (number % 2 == 0)
            {
                await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting[number]);
            }
            else
            {
                Assert.Equal(0.5f, (await waiting[number]).Vector[0]);
            }
        }

        Assert.Equal(
            ["held", .. Enumerable.Range(0, 10).Select(static number => FormattableString.Invariant($"text {(2 * number) + 1}"))],
            _embedder.Embedded);
        Assert.Equal(7, _executors.WastedTokens);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task EmbedAsync_OneCallerFloodsALane_AnotherWaitsForOneOfItsTexts(bool isBulk)
    {
        EmbeddingPriority priority = isBulk ? EmbeddingPriority.Bulk : EmbeddingPriority.Interactive;
        Task<EmbeddingOutcome> running = EmbedAsAsync("keys/greedy", "held 00", priority);
        await _embedder.HeldAsync();
        Task<EmbeddingOutcome>[] flood =
        [
            .. Enumerable.Range(0, 40).Select(
                number => EmbedAsAsync("keys/greedy", FormattableString.Invariant($"text {number:00}"), priority)),
        ];
        Task<EmbeddingOutcome> quiet = EmbedAsAsync("keys/quiet", "asked 0", priority);

        _embedder.Release();
        await Task.WhenAll([running, .. flood, quiet]);

        Assert.Equal(["held 00", "text 00", "asked 0", "text 01"], _embedder.Embedded.Take(4));
    }

    [Fact]
    public async Task EmbedAsync_QueueFullOfOneCaller_AnotherDisplacesItsNewestText()
    {
        EmbeddingExecutors executors = WithQueue(3);
        Task<EmbeddingOutcome> running = EmbedAsAsync("keys/greedy", "held", EmbeddingPriority.Interactive, executors);
        await _embedder.HeldAsync();
        Task<EmbeddingOutcome>[] flood =
        [
            .. new[] { "text 0", "text 1", "text 2" }.Select(
                text => EmbedAsAsync("keys/greedy", text, EmbeddingPriority.Interactive, executors)),
        ];

        ServiceException rejected = await Assert.ThrowsAsync<ServiceException>(
            () => EmbedAsAsync("keys/greedy", "text 3", EmbeddingPriority.Interactive, executors));
        Task<EmbeddingOutcome> quiet = EmbedAsAsync("keys/quiet", "asked", EmbeddingPriority.Interactive, executors);
        ServiceException displaced = await Assert.ThrowsAsync<ServiceException>(() => flood[2]);

        Assert.All([rejected, displaced], static fault =>
        {
            Assert.Equal((StatusCode.ResourceExhausted, "QUEUE_FULL"), (fault.Code, fault.Reason));
            Assert.True(fault.RetryAfter >= TimeSpan.FromMilliseconds(50));
        });
        Assert.Equal(3, executors.Waiting);
        _embedder.Release();
        await Task.WhenAll(running, flood[0], flood[1], quiet);
        Assert.Equal(["held", "text 0", "asked", "text 1"], _embedder.Embedded);
    }

    [Fact]
    public async Task EmbedAsync_DeadlineTooShortForTheBacklogOfOneCaller_IsEnoughForAnother()
    {
        await TrainAsync(TimeSpan.FromMilliseconds(10));
        Task<EmbeddingOutcome> running = EmbedAsAsync("keys/greedy", "held", EmbeddingPriority.Interactive);
        await _embedder.HeldAsync();
        Task<EmbeddingOutcome>[] flood =
        [
            .. Enumerable.Range(0, 60).Select(_ => EmbedAsAsync("keys/greedy", "some text", EmbeddingPriority.Interactive)),
        ];
        var time = TimeSpan.FromMilliseconds(100);

        ServiceException rejected = await Assert.ThrowsAsync<ServiceException>(
            () => EmbedAsAsync("keys/greedy", "some text", EmbeddingPriority.Interactive, time: time));
        Task<EmbeddingOutcome> quiet = EmbedAsAsync("keys/quiet", "some text", EmbeddingPriority.Interactive, time: time);

        Assert.Equal("DEADLINE_TOO_SHORT", rejected.Reason);
        Assert.InRange(rejected.RetryAfter!.Value.TotalMilliseconds, 550, 650);
        Assert.False(quiet.IsCompleted);
        _embedder.Release();
        await Task.WhenAll([running, .. flood, quiet]);
    }

    [Fact]
    public async Task EmbedAsync_PacedTextsFillTheQueue_TheyDoNotCountAgainstBatches()
    {
        EmbeddingExecutors executors = WithQueue(1);
        Task<EmbeddingOutcome> running = EmbedAsAsync("keys/a", "held", EmbeddingPriority.Paced, executors);
        await _embedder.HeldAsync();
        Task<EmbeddingOutcome>[] paced =
        [
            .. Enumerable.Range(0, 5).Select(_ => EmbedAsAsync("keys/a", "paced", EmbeddingPriority.Paced, executors)),
        ];

        Task<EmbeddingOutcome> batch = EmbedAsAsync("keys/a", "batch", EmbeddingPriority.Bulk, executors);
        await Assert.ThrowsAsync<ServiceException>(() => EmbedAsAsync("keys/a", "batch", EmbeddingPriority.Bulk, executors));

        _embedder.Release();
        await Task.WhenAll([running, .. paced, batch]);
    }

    public void Dispose()
    {
        End();
        _embedder.Dispose();
    }

    /// <summary>Lets held texts go and waits for every thread.</summary>
    private void End()
    {
        if (!_hasEnded)
        {
            _hasEnded = true;
            _embedder.Release();
            _executors.Dispose();
            _others.ForEach(static executors => executors.Dispose());
        }
    }

    /// <summary>Executors with a short queue.</summary>
    private EmbeddingExecutors WithQueue(int limit)
    {
        EmbeddingExecutors executors = new(_embedder, Options.Create(new EmbeddingOptions { Executors = 1, MaxQueue = limit }), _clock);
        _others.Add(executors);
        return executors;
    }

    private async Task TrainAsync(TimeSpan takes)
    {
        _embedder.Takes = takes;
        for (int text = 0; text < 20; text++)
        {
            await EmbedAsync("some text", EmbeddingPriority.Interactive, null, Token);
        }
    }

    /// <summary>Embeds a text for a caller.</summary>
    private async Task<EmbeddingOutcome> EmbedAsAsync(
        string caller,
        string text,
        EmbeddingPriority priority,
        EmbeddingExecutors? executors = null,
        TimeSpan? time = null)
    {
        CallerScope.EnterBackground(caller);
        using CallDeadline? deadline = time is { } left
            ? CallDeadline.Of((_clock.GetUtcNow() + left).UtcDateTime, TimeSpan.Zero, _clock, Token)
            : null;
        return await (executors ?? _executors).EmbedAsync(text, priority, deadline, Token);
    }

    private async Task<EmbeddingOutcome> EmbedAsync(
        string text,
        EmbeddingPriority priority,
        TimeSpan? time,
        CancellationToken cancellationToken)
    {
        using CallDeadline? deadline = time is { } left
            ? CallDeadline.Of((_clock.GetUtcNow() + left).UtcDateTime, TimeSpan.Zero, _clock, Token)
            : null;
        return await _executors.EmbedAsync(text, priority, deadline, cancellationToken);
    }
}
