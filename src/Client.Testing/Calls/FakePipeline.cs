namespace TopicGrpc.Client.Testing.Calls;

/// <summary>
/// What happens to every call before it is answered: it is recorded, waits the latency, and fails where a failure is scripted.
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
        // The timer runs before the call can be seen, so that a test that has seen it may advance its clock.
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
