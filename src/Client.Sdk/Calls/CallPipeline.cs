using System.Diagnostics;
using Grpc.Core;
using Polly;
using Polly.Retry;
using Polly.Timeout;
using TopicGrpc.Client.Balancing;
using TopicGrpc.Client.Configuration;
using TopicGrpc.Client.Errors;

namespace TopicGrpc.Client.Calls;

/// <summary>
/// Runs unary calls: one deadline over all attempts, then retry, then a limit for each attempt. No other layer retries.
/// </summary>
internal sealed class CallPipeline
{
    private static readonly ResiliencePropertyKey<CallState> StateKey = new("TopicGrpc.Call");

    private readonly TopicGrpcClientOptions _options;
    private readonly RetryBudget _budget;
    private readonly RetryRule _rule;
    private readonly ResiliencePipeline _pipeline;
    private readonly CallerCredentials? _credentials;
    private readonly Action<TimeSpan>? _reconnect;

    /// <param name="options">Options of the client.</param>
    /// <param name="backoff">Delays before retries; null: those of the options.</param>
    /// <param name="credentials">Credentials of the calls; null: none.</param>
    /// <param name="health">Records of servers; null: the channel has one server.</param>
    /// <param name="reconnect">Connects during the delay before a retry; null: the transport always connects at a call.</param>
    public CallPipeline(
        TopicGrpcClientOptions options,
        Backoff? backoff = null,
        CallerCredentials? credentials = null,
        MemberHealth? health = null,
        Action<TimeSpan>? reconnect = null)
    {
        _options = options;
        _reconnect = reconnect;
        _credentials = credentials;
        _budget = new RetryBudget(options.Retry.BudgetTokens);
        _rule = new RetryRule(options.Retry, backoff ?? new Backoff(options.Retry), _budget, health);
        _pipeline = Build();
    }

    private TimeProvider Time => _options.TimeProvider;

    public async Task<TResponse> RunAsync<TRequest, TResponse>(
        RpcMethod method,
        CallClass kind,
        Func<TRequest, CallOptions, AsyncUnaryCall<TResponse>> send,
        TRequest request,
        CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        CallState state = new(method, TimeoutOf(kind), kind == CallClass.Read ? _options.AttemptTimeout : null, Time.GetTimestamp());
        using CallObservation observation = new(method, Time);
        ResilienceContext context = ResilienceContextPool.Shared.Get(cancellationToken);
        context.Properties.Set(StateKey, state);
        try
        {
            TResponse response = await _pipeline.ExecuteAsync(
                static (resilience, call) => call.Owner.AttemptAsync(call.Send, call.Request, resilience),
                context,
                (Owner: this, Send: send, Request: request)).ConfigureAwait(false);
            _budget.OnSuccess();
            observation.Succeeded();
            return response;
        }
        catch (Exception failure) when (cancellationToken.IsCancellationRequested && IsCutOff(failure))
        {
            observation.Failed(TopicGrpcStatus.Cancelled);
            throw new OperationCanceledException(cancellationToken);
        }
        catch (RpcException failure)
        {
            throw observation.Failed(ErrorTranslation.ToException(failure, state.Attempts));
        }
        catch (Exception failure) when (failure is TimeoutRejectedException or OperationCanceledException)
        {
            throw observation.Failed(ErrorTranslation.Timeout(method.Name, state.Timeout, state.Attempts, failure));
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    // When the caller's token cancels a call, the call may fail as a broken connection first.
    private static bool IsCutOff(Exception failure) =>
        failure is OperationCanceledException or RpcException { Status.DebugException: not null };

    private async ValueTask<TResponse> AttemptAsync<TRequest, TResponse>(
        Func<TRequest, CallOptions, AsyncUnaryCall<TResponse>> send, TRequest request, ResilienceContext context)
    {
        CallState state = context.Properties.GetValue(StateKey, null!);
        state.Attempts++;
        Instruments.Attempts.Add(1, new TagList { { "rpc.method", state.Method.Name } });

        // gRPC sends the remaining time, which it computes from the system clock, also if TimeProvider is another clock.
        CallOptions call = new(
            deadline: (TimeProvider.System.GetUtcNow() + Remaining(state)).UtcDateTime,
            cancellationToken: context.CancellationToken);
        int rejections = _credentials?.Rejections ?? 0;
        try
        {
            using AsyncUnaryCall<TResponse> running = send(request, call);
            return await running.ResponseAsync.ConfigureAwait(false);
        }
        catch (RpcException rejected) when (rejected.StatusCode == StatusCode.Unauthenticated && _credentials?.TryRenew(rejections) == true)
        {
            // The token may have expired. The server did not run the call, so it is safe to repeat, once.
            using AsyncUnaryCall<TResponse> repeated = send(request, call);
            return await repeated.ResponseAsync.ConfigureAwait(false);
        }
        catch (OperationCanceledException canceled) when (IsReset(canceled, context.CancellationToken))
        {
            const string Message = "The server reset the call.";
            throw new RpcException(new Status(StatusCode.Cancelled, Message, new IOException(Message, canceled)));
        }
    }

    // A server that ends resets its calls. gRPC reports this as the cancellation of the caller, with the status of the call inside.
    private static bool IsReset(OperationCanceledException canceled, CancellationToken caller) =>
        !caller.IsCancellationRequested && canceled.InnerException is RpcException { StatusCode: StatusCode.Cancelled };

    private ResiliencePipeline Build()
    {
        ResiliencePipelineBuilder builder = new() { TimeProvider = Time };
        builder.AddTimeout(new TimeoutStrategyOptions
        {
            TimeoutGenerator = static arguments => ValueTask.FromResult(StateOf(arguments.Context).Timeout),
        });
        if (_options.Retry is { Enabled: true, MaxRetries: > 0 })
        {
            builder.AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = _options.Retry.MaxRetries,
                ShouldHandle = arguments => ValueTask.FromResult(Decide(arguments)),
                DelayGenerator = static arguments => ValueTask.FromResult<TimeSpan?>(StateOf(arguments.Context).NextDelay),
            });
        }

        builder.AddTimeout(new TimeoutStrategyOptions
        {
            TimeoutGenerator =
                static arguments => ValueTask.FromResult(StateOf(arguments.Context).AttemptTimeout ?? Timeout.InfiniteTimeSpan),
        });
        return builder.Build();
    }

    private bool Decide(RetryPredicateArguments<object> arguments)
    {
        CallState state = StateOf(arguments.Context);
        TimeSpan? delay = _rule.NextDelay(arguments.Outcome.Exception, state.Method, state.Attempts, Remaining(state));
        if (delay is null)
        {
            return false;
        }

        state.NextDelay = delay.Value;
        _reconnect?.Invoke(delay.Value);
        CallObservation.Retry(state, arguments.Outcome.Exception!);
        return true;
    }

    private static CallState StateOf(ResilienceContext context) => context.Properties.GetValue(StateKey, null!);

    private TimeSpan Remaining(CallState state) => state.Timeout - Time.GetElapsedTime(state.Started);

    private TimeSpan TimeoutOf(CallClass kind) => kind switch
    {
        CallClass.Read => _options.ReadTimeout,
        CallClass.Batch => _options.BatchTimeout,
        CallClass.Transfer => _options.TransferTimeout,
        _ => _options.AdminTimeout,
    };
}
