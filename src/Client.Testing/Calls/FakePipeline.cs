namespace TopicGrpc.Client.Testing.Calls;

/// <summary>
/// Steps of every call before its answer: the pipeline records the call, waits for the latency, and throws the scripted failure, if any.
/// </summary>
internal sealed class FakePipeline(CallLog log, FailureScript failures, TimeProvider time)
{
    private long _latencyTicks;

    public TimeSpan Latency
    {
        get => TimeSpan.FromTicks(Interlocked.Read(ref _latencyTicks));
        set => Interlocked.Exchange(ref _latencyTicks, value.Ticks);
    }

    public FakeCall Begin(string method) => new(method, time.GetUtcNow());

    public async Task AdmitAsync(FakeCall call, CancellationToken cancellationToken)
    {
        // Starts the timer before the call is visible: a test that sees the call can then advance its clock.
        TimeSpan latency = Latency;
        Task delay = latency == TimeSpan.Zero ? Task.CompletedTask : Task.Delay(latency, time, cancellationToken);
        FakeFailure? failure = failures.Take(call.Method);
        log.Add(call);
        await delay.ConfigureAwait(false);
        if (failure is not null)
        {
            throw StatusToWire.Exception(failure.Details, failure.Message);
        }
    }
}
