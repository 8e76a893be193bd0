using Grpc.Core;

namespace TopicGrpc.Server.Rpc;

/// <summary>The context of a call with another cancellation token.</summary>
internal class TokenContext : ServerCallContext
{
    /// <summary>Where Grpc.AspNetCore looks for the HTTP context of a call context that is not its own.</summary>
    private const string HttpContextKey = "__HttpContext";

    private readonly ServerCallContext _inner;

    public TokenContext(ServerCallContext inner, CancellationToken cancellationToken)
    {
        _inner = inner;
        CancellationTokenCore = cancellationToken;
    }

    /// <inheritdoc/>
    protected override string MethodCore => _inner.Method;

    /// <inheritdoc/>
    protected override string HostCore => _inner.Host;

    /// <inheritdoc/>
    protected override string PeerCore => _inner.Peer;

    /// <inheritdoc/>
    protected override DateTime DeadlineCore => _inner.Deadline;

    /// <inheritdoc/>
    protected override Metadata RequestHeadersCore => _inner.RequestHeaders;

    /// <inheritdoc/>
    protected override CancellationToken CancellationTokenCore { get; }

    /// <inheritdoc/>
    protected override Metadata ResponseTrailersCore => _inner.ResponseTrailers;

    /// <inheritdoc/>
    protected override Status StatusCore
    {
        get => _inner.Status;
        set => _inner.Status = value;
    }

    /// <inheritdoc/>
    protected override WriteOptions? WriteOptionsCore
    {
        get => _inner.WriteOptions;
        set => _inner.WriteOptions = value;
    }

    /// <inheritdoc/>
    protected override AuthContext AuthContextCore => _inner.AuthContext;

    /// <inheritdoc/>
    protected override IDictionary<object, object> UserStateCore
    {
        get
        {
            // Added when it is asked for: most calls need no dictionary.
            IDictionary<object, object> state = _inner.UserState;
            state.TryAdd(HttpContextKey, _inner.GetHttpContext());
            return state;
        }
    }

    /// <inheritdoc/>
    protected override Task WriteResponseHeadersAsyncCore(Metadata responseHeaders) => _inner.WriteResponseHeadersAsync(responseHeaders);

    /// <inheritdoc/>
    protected override ContextPropagationToken CreatePropagationTokenCore(ContextPropagationOptions? options) =>
        _inner.CreatePropagationToken(options);
}
