using TopicGrpc.Client.Calls;
using Wire = TopicGrpc.V1;

namespace TopicGrpc.Client.Servers;

/// <summary>Information about the server. Thread-safe.</summary>
public class ServerClient
{
    private static readonly RpcMethod InfoMethod = RpcMethod.Of(
        Wire.ServerService.Descriptor, nameof(Wire.ServerService.ServerServiceClient.GetServerInfo));
    private static readonly RpcMethod CallerMethod = RpcMethod.Of(
        Wire.ServerService.Descriptor, nameof(Wire.ServerService.ServerServiceClient.GetCaller));

    private readonly ClientCore _core = null!;
    private readonly Wire.ServerService.ServerServiceClient _stub = null!;

    /// <summary>Creates a fake that overrides the members.</summary>
    protected ServerClient()
    {
    }

    internal ServerClient(ClientCore core)
    {
        _core = core;
        _stub = new Wire.ServerService.ServerServiceClient(core.Invoker);
    }

    /// <summary>Returns version, encoders and limits of the server.</summary>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The information.</returns>
    public virtual async Task<ServerInfo> GetInfoAsync(CancellationToken cancellationToken = default)
    {
        Wire.GetServerInfoResponse response = await _core.Calls
            .RunAsync(
                InfoMethod,
                CallClass.Read,
                _stub.GetServerInfoAsync,
                new Wire.GetServerInfoRequest(),
                cancellationToken).ConfigureAwait(false);
        return ServerMapping.Map(response);
    }

    /// <summary>Returns who calls and what the caller may do.</summary>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The caller.</returns>
    /// <exception cref="Errors.UnauthenticatedException">The server needs credentials, or rejects those of the client.</exception>
    public virtual async Task<CallerInfo> GetCallerAsync(CancellationToken cancellationToken = default)
    {
        Wire.GetCallerResponse response = await _core.Calls
            .RunAsync(CallerMethod, CallClass.Read, _stub.GetCallerAsync, new Wire.GetCallerRequest(), cancellationToken)
            .ConfigureAwait(false);
        return ServerMapping.Map(response);
    }
}
