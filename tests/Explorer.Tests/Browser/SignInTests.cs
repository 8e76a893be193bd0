using Microsoft.Playwright;
using TopicGrpc.Client;
using TopicGrpc.Client.Configuration;
using TopicGrpc.Client.Keys;
using TopicGrpc.Server;
using TopicGrpc.Testing;

namespace TopicGrpc.Explorer.Tests.Browser;

public sealed class SignInTests(PageFixture fixture)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SignIn_ReaderKey_ShowsWhatAReaderMayDo()
    {
        await using VisitedPage visit = await fixture.OpenAsync();
        using TempFolder folder = new();
        using FakeEmbedder embedder = new();
        await using ServerHost host = await StartAsync(folder, embedder);
        string reader = await CreateKeysAsync(host);

        await visit.Page.GotoAsync(new Uri(host.PageAddress!, "fits").AbsoluteUri);
        await visit.Page.WaitForURLAsync("**/sign-in?return=fits", VisitedPage.OnceShown);
        await visit.Page.GetByLabel("API key or token").FillAsync("wrong");
        await visit.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Sign in" }).ClickAsync();
        await visit.SeeAsync("The server does not accept this key or token.");
        await visit.Page.GetByLabel("API key or token").FillAsync(reader);
        await visit.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Sign in" }).ClickAsync();
        await visit.Page.WaitForURLAsync("**/explorer/fits", VisitedPage.OnceShown);
        await visit.LoadedAsync();

        await visit.SeeAsync("reader");
        Assert.Equal(0, await visit.Page.GetByText("Start a fit").CountAsync());
        BrowserContextCookiesResult cookie =
            (await visit.Page.Context.CookiesAsync()).Single(static cookie => cookie.Name == "topicgrpc-explorer");
        Assert.True(cookie.HttpOnly);
        Assert.Equal(SameSiteAttribute.Strict, cookie.SameSite);
        Assert.Equal("/explorer", cookie.Path);
        Assert.DoesNotContain(reader, cookie.Value, StringComparison.Ordinal);
        Assert.DoesNotContain(reader, await visit.Page.ContentAsync(), StringComparison.Ordinal);

        await visit.Page.GetByText("Sign out").ClickAsync();
        await visit.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Sign out" }).ClickAsync();
        await visit.Page.WaitForURLAsync("**/sign-in", VisitedPage.OnceShown);
        await visit.Page.GotoAsync(host.PageAddress!.AbsoluteUri);
        await visit.Page.WaitForURLAsync("**/sign-in?return=", VisitedPage.OnceShown);
    }

    private static Task<ServerHost> StartAsync(TempFolder folder, FakeEmbedder embedder) => ServerHost.StartAsync(
        new ServerSettings
        {
            DataDirectory = folder.Path,
            Embedder = embedder,
            Configuration = new Dictionary<string, string?> { ["Server:HttpPort"] = "0" },
        },
        Cancelled);

    /// <summary>Creates an administrator, and with it a reader. The server needs credentials as soon as there is a key.</summary>
    private static async Task<string> CreateKeysAsync(ServerHost host)
    {
        using TopicGrpcClient open = new(host.Address);
        IssuedKey admin = await open.Keys.CreateAsync(new KeySettings { DisplayName = "admin", Role = KeyRole.Admin }, Cancelled);
        using TopicGrpcClient client = new(new TopicGrpcClientOptions { Address = host.Address, ApiKey = admin.Secret });
        IssuedKey reader = await client.Keys.CreateAsync(new KeySettings { DisplayName = "reader", Role = KeyRole.Reader }, Cancelled);
        return reader.Secret;
    }
}
