using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using TopicGrpc.Client.Configuration;
using TopicGrpc.Client.Sdk.Tests.Fakes;

namespace TopicGrpc.Client.Sdk.Tests.Registration;

public sealed class RegistrationTests
{
    [Fact]
    public void AddTopicGrpcClient_Configuration_IsBoundThenOverridden()
    {
        using ServiceProvider provider = Provider(
            new()
            {
                ["TopicGrpc:Address"] = "http://configured:1",
                ["TopicGrpc:Retry:MaxRetries"] = "7",
                ["TopicGrpc:AttemptTimeout"] = "00:00:02",
            },
            static services => services.AddTopicGrpcClient(static options => options.ReadTimeout = TimeSpan.FromSeconds(4)));

        TopicGrpcClientOptions options = provider.GetRequiredService<IOptions<TopicGrpcClientOptions>>().Value;

        Assert.Equal(new Uri("http://configured:1"), options.Address);
        Assert.Equal(7, options.Retry.MaxRetries);
        Assert.Equal(TimeSpan.FromSeconds(2), options.AttemptTimeout);
        Assert.Equal(TimeSpan.FromSeconds(4), options.ReadTimeout);
        Assert.Same(provider.GetRequiredService<TopicGrpcClient>(), provider.GetRequiredService<TopicGrpcClient>());
    }

    // Names of a configuration are not case-sensitive, so the environment variable TOPICGRPC__APIKEYFILE is TopicGrpc:ApiKeyFile.
    [Theory]
    [InlineData("TopicGrpc")]
    [InlineData("TOPICGRPC")]
    public void AddTopicGrpcClient_CredentialsInTheConfiguration_AreBound(string section)
    {
        string file = typeof(RegistrationTests).Assembly.Location;
        using ServiceProvider provider = Provider(
            new()
            {
                [$"{section}:ADDRESS"] = "https://configured:1",
                [$"{section}:APIKEYFILE"] = file,
                [$"{section}:CAFILE"] = file,
                [$"{section}:CLIENTCERTIFICATEFILE"] = file,
                [$"{section}:CLIENTKEYFILE"] = file,
            },
            static services => services.AddTopicGrpcClient());
        using ServiceProvider other = Provider(
            new() { [$"{section}:ADDRESS"] = "https://configured:1", [$"{section}:TOKENFILE"] = file },
            static services => services.AddTopicGrpcClient());

        TopicGrpcClientOptions options = provider.GetRequiredService<IOptions<TopicGrpcClientOptions>>().Value;

        Assert.Equal(
            [file, file, file, file], [options.ApiKeyFile, options.CaFile, options.ClientCertificateFile, options.ClientKeyFile]);
        Assert.Equal(file, other.GetRequiredService<IOptions<TopicGrpcClientOptions>>().Value.TokenFile);
    }

    [Fact]
    public void AddTopicGrpcClient_TwoNames_AreTwoClients()
    {
        using ServiceProvider provider = Provider(
            new() { ["TopicGrpc:news:Address"] = "http://news:1", ["TopicGrpc:mail:Address"] = "http://mail:1" },
            static services => services.AddTopicGrpcClient("news").AddTopicGrpcClient("mail"));

        Assert.NotSame(
            provider.GetRequiredKeyedService<TopicGrpcClient>("news"), provider.GetRequiredKeyedService<TopicGrpcClient>("mail"));
        Assert.Equal(new Uri("http://mail:1"), provider.GetRequiredService<IOptionsMonitor<TopicGrpcClientOptions>>().Get("mail").Address);
    }

    [Fact]
    public async Task AddTopicGrpcClient_WrongSettings_StopTheStartWithAllErrors()
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddTopicGrpcClient(static options =>
        {
            options.ReadTimeout = TimeSpan.FromSeconds(1);
            options.Retry.MaxRetries = 21;
        });
        using IHost host = builder.Build();

        OptionsValidationException wrong = await Assert.ThrowsAsync<OptionsValidationException>(
            () => host.StartAsync(TestContext.Current.CancellationToken));

        Assert.Contains("Address: required", wrong.Message, StringComparison.Ordinal);
        Assert.Contains("AttemptTimeout: 00:00:05 must be below ReadTimeout", wrong.Message, StringComparison.Ordinal);
        Assert.Contains("Retry.MaxRetries: 21 must lie between 0 and 20", wrong.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ftp://host")]
    [InlineData("host:5001/relative")]
    public void Constructor_WrongAddress_NamesIt(string address)
    {
        OptionsValidationException wrong = Assert.Throws<OptionsValidationException>(
            () => new TopicGrpcClient(new Uri(address, UriKind.RelativeOrAbsolute)));

        Assert.Contains("Address", wrong.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Address and Addresses: at most one", "http://a", "http://b")]
    [InlineData("Addresses[1]: 'https://b/' must have the scheme of Addresses[0]", "", "http://a", "https://b")]
    [InlineData("Addresses[1]: 'http://a/' occurs more than once", "", "http://a", "http://a")]
    [InlineData("Addresses[0]: 'http://a/x' must be absolute", "", "http://a/x")]
    [InlineData("Addresses[0]: 'dns:///a' must be absolute", "", "dns:///a")]
    [InlineData("Addresses[0]: 'a' must be absolute", "", "a", "http://b")]
    public void Constructor_WrongAddresses_NamesThem(string error, string address, params string[] addresses)
    {
        ArgumentNullException.ThrowIfNull(address);
        ArgumentNullException.ThrowIfNull(addresses);
        TopicGrpcClientOptions options = new() { Address = address.Length > 0 ? new Uri(address) : null };
        foreach (string given in addresses)
        {
            options.Addresses.Add(new Uri(given, UriKind.RelativeOrAbsolute));
        }

        OptionsValidationException wrong = Assert.Throws<OptionsValidationException>(() => new TopicGrpcClient(options));

        Assert.Contains(error, wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AddTopicGrpcClient_AddressesOfTheConfiguration_AreUsed()
    {
        FakePredictionService service = new();
        await using FakeServer server = await FakeServer.StartAsync(predictions: service);
        await using ServiceProvider provider = Provider(
            new() { ["TopicGrpc:Addresses:0"] = server.Address.ToString() }, static services => services.AddTopicGrpcClient());

        await provider.GetRequiredService<TopicGrpcClient>().PredictAsync(
            "news", "gpu", cancellationToken: TestContext.Current.CancellationToken);

        Assert.Single(service.Requests);
    }

    [Fact]
    public async Task Constructor_DnsAddress_BalancesOverTheNamesAddresses()
    {
        FakePredictionService service = new();
        await using FakeServer server = await FakeServer.StartAsync(predictions: service);
        using TopicGrpcClient client = new(new TopicGrpcClientOptions
        {
            Address = new Uri($"dns:///127.0.0.1:{server.Address.Port}"),
            UseTls = false,
            Retry = new RetryOptions { BaseDelay = TimeSpan.FromMilliseconds(1) },
        });

        await client.PredictAsync("news", "gpu", cancellationToken: TestContext.Current.CancellationToken);

        Assert.Single(service.Requests);
    }

    private static ServiceProvider Provider(Dictionary<string, string?> settings, Action<IServiceCollection> add)
    {
        ServiceCollection services = new();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        add(services);
        return services.BuildServiceProvider();
    }
}
