using System.Net.Sockets;
using TopicGrpc.Testing;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Tests.Faults;

/// <summary>A process that may open no further file: established connections are answered, and new ones are accepted again later.</summary>
public sealed class DescriptorLimitTests
{
    private const int Limit = 512;
    private const int Connections = 700;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Calls_ConnectionsUseAllDescriptors_ContinueAndNewClientsAreAnsweredAfterwards()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The limits of a process are set by a shell.");
        using TempFolder folder = new();
        await using ChildServer server = await ChildServer.StartAsync(
            folder.Path, FormattableString.Invariant($"ulimit -n {Limit};"), "Receiving:MaxConnections=100000");
        GetServerInfoRequest request = new();
        await server.Server.GetServerInfoAsync(request, cancellationToken: Token);
        List<TcpClient> clients = [];
        try
        {
            for (int connection = 0; connection < Connections; connection++)
            {
                TcpClient client = new();
                clients.Add(client);
                await client.ConnectAsync(server.Address.Host, server.Address.Port, Token);
            }

            for (int call = 0; call < 20; call++)
            {
                await server.Server.GetServerInfoAsync(request, cancellationToken: Token);
            }
        }
        finally
        {
            clients.ForEach(static client => client.Dispose());
        }

        using var channel = Grpc.Net.Client.GrpcChannel.ForAddress(server.Address);
        await new ServerService.ServerServiceClient(channel).GetServerInfoAsync(
            request, new Grpc.Core.CallOptions(cancellationToken: Token).WithWaitForReady());
    }
}
