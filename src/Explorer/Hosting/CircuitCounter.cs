using Microsoft.AspNetCore.Components.Server.Circuits;

namespace TopicGrpc.Explorer.Hosting;

/// <summary>Reports opened and closed circuits to the limit.</summary>
internal sealed class CircuitCounter(CircuitLimit limit) : CircuitHandler
{
    public override Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        limit.Opened();
        return Task.CompletedTask;
    }

    public override Task OnCircuitClosedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        limit.Closed();
        return Task.CompletedTask;
    }
}
