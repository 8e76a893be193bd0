using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;
using TopicGrpc.Cluster.Silo;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Tls;

namespace TopicGrpc.Cluster.Tests.Silo;

public sealed class SiloEndpointTests
{
    [Fact]
    public void Reserve_PortZero_IsAFreePortOfLoopback()
    {
        IPEndPoint endpoint = SiloEndpoint.Reserve(new SiloOptions { Port = 0 }, "127.0.0.1");

        Assert.Equal(IPAddress.Loopback, endpoint.Address);
        Assert.NotEqual(0, endpoint.Port);
    }

    /// <summary>Orleans itself would share the port with the other process, and calls would reach either of them.</summary>
    [Fact]
    public void Reserve_PortInUse_FailsAndNamesTheOption()
    {
        using Socket other = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        other.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        other.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        other.Listen();
        int port = ((IPEndPoint)other.LocalEndPoint!).Port;

        StartupException failure = Assert.Throws<StartupException>(
            () => SiloEndpoint.Reserve(new SiloOptions { Port = port }, "127.0.0.1"));

        Assert.StartsWith("Cluster:Silo:Port: ", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("192.0.2.1", "Cluster:Silo:AllowInsecure: ")]
    [InlineData("no-such-host.invalid", "Cluster:Silo:Address: ")]
    public void Reserve_AddressCannotBeUsed_FailsAndNamesTheOption(string address, string option)
    {
        StartupException failure = Assert.Throws<StartupException>(
            () => SiloEndpoint.Reserve(new SiloOptions { Address = address, AllowInsecure = true }, "127.0.0.1"));

        Assert.StartsWith(option, failure.Message, StringComparison.Ordinal);
        Assert.Equal(StartupException.UsageError, failure.ExitCode);
    }

    [Theory]
    [InlineData(null, null, false, "Cluster:Silo:Tls:CertificateFile")]
    [InlineData("a.pem", null, false, "Cluster:Silo:Tls:ClientCaFile")]
    [InlineData("a.pem", null, true, "Cluster:Silo:Tls:ClientCaFile")]
    [InlineData("a.pem", "ca.pem", false, null)]
    [InlineData(null, null, true, null)]
    public void Validate_Tls_IsRequiredWithItsAuthorities(string? certificate, string? authorities, bool allowInsecure, string? option)
    {
        ValidateOptionsResult result = new SiloTlsRule().Validate(
            null,
            new SiloOptions
            {
                Tls = new TlsOptions { CertificateFile = certificate, ClientCaFile = authorities },
                AllowInsecure = allowInsecure,
            });

        Assert.Equal(option is not null, result.Failed);
        Assert.Contains(option ?? string.Empty, result.FailureMessage ?? string.Empty, StringComparison.Ordinal);
    }
}
