using System.Globalization;
using Grpc.Core;
using Grpc.Core.Interceptors;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Members;
using TopicGrpc.Server.Models;
using TopicGrpc.Shared;

namespace TopicGrpc.Server.Rpc;

/// <summary>
/// Makes the members of a cluster look like one server. An answer has the generation of the routing table; a call that has seen a higher
/// one waits until this member has it too, so that no client gets an older version after a newer one. What does not exist here may have
/// been created at another member: the call is repeated once after this member has caught up. Without a cluster, calls pass unchanged.
/// </summary>
internal sealed class GenerationInterceptor(IChangeFeed changes, RoutingTable routing) : Interceptor
{
    /// <inheritdoc/>
    public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request,
        ServerCallContext context,
        UnaryServerMethod<TRequest, TResponse> continuation)
    {
        return Applies(context) ? RunAsync() : continuation(request, context);

        async Task<TResponse> RunAsync()
        {
            await CatchUpAsync(context);
            try
            {
                return await RepeatAsync(() => continuation(request, context), static () => true, context);
            }
            finally
            {
                SetHeader(context);
            }
        }
    }

    /// <inheritdoc/>
    public override Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        return Applies(context) ? StreamAsync(RunAsync, static () => true, context) : continuation(request, responseStream, context);

        async Task<bool> RunAsync()
        {
            await continuation(request, responseStream, context);
            return true;
        }
    }

    /// <inheritdoc/>
    public override Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        ServerCallContext context,
        ClientStreamingServerMethod<TRequest, TResponse> continuation)
    {
        RepeatableReader<TRequest> requests = new(requestStream);
        return Applies(context)
            ? StreamAsync(() => continuation(requests, context), requests.TryRepeat, context)
            : continuation(requestStream, context);
    }

    /// <inheritdoc/>
    public override Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        DuplexStreamingServerMethod<TRequest, TResponse> continuation)
    {
        RepeatableReader<TRequest> requests = new(requestStream);
        return Applies(context) ? StreamAsync(RunAsync, requests.TryRepeat, context) : continuation(requestStream, responseStream, context);

        async Task<bool> RunAsync()
        {
            await continuation(requests, responseStream, context);
            return true;
        }
    }

    private bool Applies(ServerCallContext context) => changes.IsShared && !CallRules.IsOpen(context.Method);

    /// <summary>A stream reports the generation of its start in a header, and that of its end in a trailer.</summary>
    private async Task<T> StreamAsync<T>(Func<Task<T>> run, Func<bool> canRepeat, ServerCallContext context)
    {
        await CatchUpAsync(context);
        SetHeader(context);
        try
        {
            return await RepeatAsync(run, canRepeat, context);
        }
        finally
        {
            context.ResponseTrailers.Add(HeaderNames.Generation, Generation());
        }
    }

    /// <summary>Runs a method; again, after this member has caught up, if something was missing and nothing was answered.</summary>
    private async Task<T> RepeatAsync<T>(Func<Task<T>> run, Func<bool> canRepeat, ServerCallContext context)
    {
        try
        {
            return await run();
        }
        catch (ServiceException missing)
            when (missing.Code == StatusCode.NotFound && !context.GetHttpContext().Response.HasStarted && canRepeat())
        {
            await CatchUpAllAsync(context.CancellationToken);
            return await run();
        }
    }

    private async Task CatchUpAsync(ServerCallContext context)
    {
        if (context.RequestHeaders.GetValue(HeaderNames.Generation) is not { } header)
        {
            return;
        }

        if (!long.TryParse(header, NumberStyles.None, CultureInfo.InvariantCulture, out long seen))
        {
            throw Fault.InvalidField(HeaderNames.Generation, "must be a number, as an answer had it");
        }

        if (seen > routing.Current.Generation)
        {
            await changes.CatchUpAsync(ChangeKinds.Model, seen, context.CancellationToken);
        }
    }

    private async Task CatchUpAllAsync(CancellationToken cancellationToken)
    {
        await changes.CatchUpAsync(ChangeKinds.Model, cancellationToken);
        await changes.CatchUpAsync(ChangeKinds.Corpus, cancellationToken);
        await changes.CatchUpAsync(ChangeKinds.Key, cancellationToken);
    }

    // Read after the answer: at least the generation of the version that answered.
    private string Generation() => routing.Current.Generation.ToString(CultureInfo.InvariantCulture);

    private void SetHeader(ServerCallContext context)
    {
        HttpResponse response = context.GetHttpContext().Response;
        if (!response.HasStarted)
        {
            response.Headers[HeaderNames.Generation] = Generation();
        }
    }
}
