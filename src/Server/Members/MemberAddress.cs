using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace TopicGrpc.Server.Members;

/// <summary>Publishes the address of this member when the server listens: only then is the port known.</summary>
internal sealed class MemberAddress(IMembers members, IServer server) : IHostedLifecycleService
{
    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken) => members.SetAddressAsync(
        ForOthers(server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? string.Empty), cancellationToken);

    /// <inheritdoc/>
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // Other machines cannot connect to "all addresses".
    internal static string ForOthers(string bound) =>
        Uri.TryCreate(bound, UriKind.Absolute, out Uri? address)
            ? (address.Host is "0.0.0.0" or "[::]" ? new UriBuilder(address) { Host = Environment.MachineName }.Uri : address)
                .GetLeftPart(UriPartial.Authority)
            : string.Empty;
}
