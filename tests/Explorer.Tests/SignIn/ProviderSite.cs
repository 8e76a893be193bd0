using Microsoft.Playwright;
using TopicGrpc.Explorer.Tests.Browser;
using TopicGrpc.Server;
using TopicGrpc.Testing;

namespace TopicGrpc.Explorer.Tests.SignIn;

/// <summary>A provider, a server that accepts its tokens and sends visitors to it, and a browser.</summary>
internal sealed class ProviderSite : IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private readonly FakeEmbedder _embedder = new();

    public TestProvider Provider { get; private set; } = null!;

    public ServerHost Server { get; private set; } = null!;

    public static async Task<ProviderSite> StartAsync()
    {
        ProviderSite site = new();
        site.Provider = await TestProvider.StartAsync();
        site.Server = await ServerHost.StartAsync(
            new ServerSettings
            {
                DataDirectory = site._folder.Path,
                Embedder = site._embedder,
                Configuration = new Dictionary<string, string?>
                {
                    ["Server:HttpPort"] = "0",
                    ["Authentication:Jwt:Authority"] = site.Provider.Address,
                    ["Authentication:Jwt:Audience"] = TestProvider.Audience,
                    ["Authentication:Jwt:AllowHttp"] = "true",
                    ["Explorer:Oidc:Authority"] = site.Provider.Address,
                    ["Explorer:Oidc:ClientId"] = TestProvider.ClientId,
                    ["Explorer:Oidc:AllowHttp"] = "true",
                    ["Explorer:Oidc:Name"] = "Example",
                },
            },
            TestContext.Current.CancellationToken);
        return site;
    }

    /// <summary>Opens a view, follows the redirect to the provider, and stops at its form.</summary>
    public async Task BeginAsync(VisitedPage visit, string path)
    {
        await visit.Page.GotoAsync(new Uri(Server.PageAddress!, path).AbsoluteUri);
        await visit.Page.GetByText("Sign in with Example").ClickAsync();
        await visit.Page.WaitForURLAsync(
            address => address.StartsWith(Provider.Address + "/authorize?", StringComparison.Ordinal), VisitedPage.OnceShown);
    }

    /// <summary>Signs in at the provider and waits for the view.</summary>
    public async Task SignInAsync(VisitedPage visit, string path)
    {
        await BeginAsync(visit, path);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Allow" }).ClickAsync();
        await ArriveAsync(visit, path);
    }

    /// <summary>Waits for a view behind a sign-in. Other pages at which the sign-in ends are failures with their text.</summary>
    public async Task ArriveAsync(VisitedPage visit, string path)
    {
        string view = new Uri(Server.PageAddress!, path).AbsoluteUri;
        try
        {
            await visit.Page.WaitForURLAsync(
                address => address == view || address.Contains("problem=", StringComparison.Ordinal), VisitedPage.OnceShown);
        }
        catch (TimeoutException)
        {
            Assert.Fail($"The browser stays at {visit.Page.Url}: {await visit.Page.Locator("body").InnerTextAsync()}");
        }

        Assert.Equal(view, visit.Page.Url);
        await visit.LoadedAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await Provider.DisposeAsync();
        _embedder.Dispose();
        _folder.Dispose();
    }
}
