using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Core.Interceptors;
using TopicGrpc.Server.Access;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Fitting;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Rpc;

/// <summary>
/// Compares every resource that a message names with the patterns of its caller. A resource outside the patterns is rejected as if it did
/// not exist, whether it does or not. The interceptor runs after the limits of the contract, so names are well-formed.
/// </summary>
internal sealed class ResourceInterceptor(MethodAccess methods, FitStore fits) : Interceptor
{
    /// <inheritdoc/>
    public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request,
        ServerCallContext context,
        UnaryServerMethod<TRequest, TResponse> continuation)
    {
        return IsRestricted(context, out Grant grant) ? RunAsync() : continuation(request, context);

        async Task<TResponse> RunAsync()
        {
            await CheckAsync(request, grant, context.CancellationToken);
            return await continuation(request, context);
        }
    }

    /// <inheritdoc/>
    public override Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        return IsRestricted(context, out Grant grant) ? RunAsync() : continuation(request, responseStream, context);

        async Task RunAsync()
        {
            await CheckAsync(request, grant, context.CancellationToken);
            await continuation(request, responseStream, context);
        }
    }

    /// <inheritdoc/>
    public override Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        ServerCallContext context,
        ClientStreamingServerMethod<TRequest, TResponse> continuation) =>
        continuation(Checked(requestStream, context), context);

    /// <inheritdoc/>
    public override Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        DuplexStreamingServerMethod<TRequest, TResponse> continuation) =>
        continuation(Checked(requestStream, context), responseStream, context);

    private static bool IsRestricted(ServerCallContext context, out Grant grant)
    {
        grant = Grant.Everything;
        if (!CallRules.IsOpen(context.Method))
        {
            grant = Caller.Of(context.GetHttpContext()).Grant;
        }

        return !grant.IsUnrestricted;
    }

    private IAsyncStreamReader<T> Checked<T>(IAsyncStreamReader<T> reader, ServerCallContext context)
        where T : class =>
        IsRestricted(context, out Grant grant)
            ? new CheckedReader<T>(reader, (message, token) => CheckAsync(message, grant, token))
            : reader;

    private async Task CheckAsync(object message, Grant grant, CancellationToken cancellationToken)
    {
        // Messages of reflection name no resources.
        if (message is not IMessage request || methods.FieldsOf(request.Descriptor) is not { } fields)
        {
            return;
        }

        List<ResourceReference> references = [];
        fields.Visit(request, references.Add);
        foreach (ResourceReference reference in references)
        {
            await CheckAsync(reference, grant, cancellationToken);
        }
    }

    private async Task CheckAsync(ResourceReference reference, Grant grant, CancellationToken cancellationToken)
    {
        bool isVisible = reference.Kind switch
        {
            ResourceKind.Model => grant.Models.Matches(reference.Id),
            ResourceKind.Corpus => grant.Corpora.Matches(reference.Id),
            ResourceKind.Fit => await FindAsync(reference.Id, cancellationToken) is not { } fit || grant.SeesFit(fit.ModelId, fit.CorpusId),
            _ => true, // Keys need a caller without patterns.
        };
        if (!isVisible)
        {
            throw IsNew(reference.Field)
                ? AccessFault.NameNotAllowed(reference.Field.Name, reference.Id, grant.Corpora.Patterns)
                : AccessFault.Hidden(reference.Kind, reference.Id);
        }
    }

    /// <summary>Returns a fit; null if there is none, which the service reports.</summary>
    private async Task<FitState?> FindAsync(string id, CancellationToken cancellationToken) =>
        fits.FindLive(id)?.State ?? await fits.RunAsync(store => store.Find(id), cancellationToken);

    /// <summary>Returns whether a field has the id of a resource to create, which an error may show to the caller.</summary>
    private static bool IsNew(FieldDescriptor field) =>
        field.GetOptions()?.GetExtension(AccessExtensions.IdOf) is not (null or ResourceKind.Unspecified);

    private sealed class CheckedReader<T>(IAsyncStreamReader<T> inner, Func<T, CancellationToken, Task> check) : IAsyncStreamReader<T>
        where T : class
    {
        public T Current => inner.Current;

        public async Task<bool> MoveNext(CancellationToken cancellationToken)
        {
            if (!await inner.MoveNext(cancellationToken))
            {
                return false;
            }

            await check(inner.Current, cancellationToken);
            return true;
        }
    }
}
