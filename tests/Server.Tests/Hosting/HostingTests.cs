using System.Diagnostics;
using Grpc.Health.V1;
using TopicGrpc.Testing;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Tests.Hosting;

public sealed class HostingTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GetServerInfo_Running_TellsEncoderAndLimits()
    {
        await using TestServer server = await TestServer.StartAsync();

        GetServerInfoResponse info = await server.Server.GetServerInfoAsync(new GetServerInfoRequest(), cancellationToken: Token);

        Assert.Equal(server.Embedder.Info.Sha256, info.Encoders.Single().Sha256);
        Assert.Equal(1 << 20, info.Limits.MaxTextBytes);
        Assert.NotEmpty(info.ServerVersion);
    }

    [Fact]
    public async Task Health_Running_IsServing()
    {
        await using TestServer server = await TestServer.StartAsync();

        HealthCheckResponse health = await new Health.HealthClient(server.Channel).CheckAsync(
            new HealthCheckRequest(), cancellationToken: Token);

        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, health.Status);
    }

    [Fact]
    public async Task StartAsync_DataFolderInUse_SaysSo()
    {
        await using TestServer server = await TestServer.StartAsync();

        ServerStartException exception = await Assert.ThrowsAsync<ServerStartException>(() =>
            ServerHost.StartAsync(new ServerSettings { DataDirectory = server.DataDirectory, Embedder = server.Embedder }, Token));

        Assert.Contains("in use by another server", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StartAsync_PortInUse_SaysSo()
    {
        await using TestServer server = await TestServer.StartAsync();
        using TempFolder folder = new();

        ServerStartException exception = await Assert.ThrowsAsync<ServerStartException>(() =>
            ServerHost.StartAsync(
                new ServerSettings { DataDirectory = folder.Path, Port = server.Address.Port, Embedder = server.Embedder }, Token));

        Assert.Contains("address already in use", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StartAsync_EncoderMissing_SaysWhereItWasLookedFor()
    {
        using TempFolder folder = new();

        ServerStartException exception = await Assert.ThrowsAsync<ServerStartException>(() =>
            ServerHost.StartAsync(
                new ServerSettings { DataDirectory = folder.Path, EncoderDirectory = Path.Combine(folder.Path, "nowhere") }, Token));

        Assert.Contains("nowhere", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Process_EncoderMissing_EndsWithOneLine()
    {
        using TempFolder folder = new();
        ProcessStartInfo start = new("dotnet")
        {
            ArgumentList =
            {
                typeof(ServerHost).Assembly.Location,
                "--Storage:Directory",
                folder.Path,
                "--Server:Port",
                "0",
                "--Embedding:Directory",
                Path.Combine(folder.Path, "nowhere"),
            },
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(Token);
        string errors = await process.StandardError.ReadToEndAsync(Token);
        await process.WaitForExitAsync(Token);

        Assert.Equal(1, process.ExitCode);
        Assert.Contains("nowhere", errors, StringComparison.Ordinal);
        Assert.Single(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.DoesNotContain("Exception", await output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Embedding:Precision", "double", "Precision")]
    [InlineData("Server:Address", "localhost", "Address")]
    [InlineData("Fits:MaxQueued", "0", "MaxQueued")]
    [InlineData("Server:MaxMessageBytes", "2097152", "MaxMessageBytes")]
    public async Task StartAsync_WrongOption_NamesIt(string key, string value, string named)
    {
        using TempFolder folder = new();
        using FakeEmbedder embedder = new();

        ServerStartException exception = await Assert.ThrowsAsync<ServerStartException>(() => ServerHost.StartAsync(
            new ServerSettings
            {
                DataDirectory = folder.Path,
                Embedder = embedder,
                Configuration = new Dictionary<string, string?> { [key] = value },
            },
            Token));

        Assert.Contains(named, exception.Message, StringComparison.Ordinal);
    }
}
