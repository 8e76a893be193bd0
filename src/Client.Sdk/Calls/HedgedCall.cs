using Grpc.Core;
using Polly;
using Polly.Hedging;
using TopicGrpc.Client.Configuration;

namespace TopicGrpc.Client.Calls;

/// <summary>Sends a second copy of a slow call and returns the first answer. The retries of the pipeline handle failures.</summary>
internal sealed class HedgedCall<TRequest, TResponse>
{
    private readonly Func<TRequest, CallOptions, AsyncUnaryCall<TResponse>> _send;
    private readonly HedgingOptions _options;
    private readonly ResiliencePipeline<TResponse>? _pipeline;
    private long _calls;
    private long _copies;

    public HedgedCall(Func<TRequest, CallOptions, AsyncUnaryCall<TResponse>> send, TopicGrpcClientOptions options)
    {
        _send = send;
        _options = options.Hedging;
        if (!_options.Enabled)
        {
            return;
        }

        _pipeline = new ResiliencePipelineBuilder<TResponse> { TimeProvider = options.TimeProvider }
            .AddHedging(new HedgingStrategyOptions<TResponse>
            {
                MaxHedgedAttempts = 1,
                DelayGenerator = _ => ValueTask.FromResult(TakesCopy() ? _options.Delay : Timeout.InfiniteTimeSpan),
                ShouldHandle = static _ => PredicateResult.False(),
                OnHedging = _ =>
                {
                    Interlocked.Increment(ref _copies);
                    Instruments.Hedges.Add(1);
                    return default;
                },
            })
            .Build();
    }

    /// <summary>Sends the call, and a copy if the answer is slow.</summary>
    public AsyncUnaryCall<TResponse> Send(TRequest request, CallOptions call)
    {
        if (_pipeline is null)
        {
            return _send(request, call);
        }

        Interlocked.Increment(ref _calls);
        Task<TResponse> response = RunAsync(_pipeline, request, call);
        return new AsyncUnaryCall<TResponse>(
            response, Task.FromResult(Metadata.Empty), static () => Status.DefaultSuccess, static () => [], static () => { });
    }

    private async Task<TResponse> RunAsync(ResiliencePipeline<TResponse> pipeline, TRequest request, CallOptions call)
    {
        return await pipeline.ExecuteAsync(
            static async (state, token) =>
            {
                using AsyncUnaryCall<TResponse> running = state.Send(state.Request, state.Call.WithCancellationToken(token));
                return await running.ResponseAsync.ConfigureAwait(false);
            },
            (Send: _send, Request: request, Call: call),
            call.CancellationToken).ConfigureAwait(false);
    }

    private bool TakesCopy() => Volatile.Read(ref _copies) < Volatile.Read(ref _calls) * _options.MaxShare;
}
