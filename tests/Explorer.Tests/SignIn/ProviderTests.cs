using Microsoft.Playwright;
using TopicGrpc.Explorer.Tests.Browser;

namespace TopicGrpc.Explorer.Tests.SignIn;

/// <summary>Sign-in at an identity provider, in a browser.</summary>
public sealed class ProviderTests(PageFixture fixture)
{
    [Theory]
    [InlineData("reader", 0)]
    [InlineData("trainer", 1)]
    public async Task SignIn_AtTheProvider_OpensTheViewWithTheControlsOfTheRole(string role, int controls)
    {
        await using VisitedPage visit = await fixture.OpenAsync();
        await using ProviderSite site = await ProviderSite.StartAsync();
        site.Provider.Role = role;

        await site.SignInAsync(visit, "fits");

        await visit.SeeAsync($"tokens/ann · {role}");
        Assert.Equal(controls, await visit.Page.GetByText("Start a fit").CountAsync());
        BrowserContextCookiesResult cookie =
            (await visit.Page.Context.CookiesAsync()).Single(static cookie => cookie.Name == "topicgrpc-explorer");
        Assert.Equal((true, SameSiteAttribute.Strict, 64), (cookie.HttpOnly, cookie.SameSite, cookie.Value.Length));
        Assert.DoesNotContain(visit.Faults, static fault => fault.Contains("Content Security Policy", StringComparison.Ordinal));
    }

    [Fact]
    public async Task SignIn_AccessTokenExpired_IsRefreshedOnce()
    {
        await using VisitedPage visit = await fixture.OpenAsync();
        await using ProviderSite site = await ProviderSite.StartAsync();
        site.Provider.Lifetime = TimeSpan.FromMinutes(-5);

        await site.SignInAsync(visit, "");

        await visit.SeeAsync("tokens/ann · reader");
        Assert.Equal(1, site.Provider.Refreshes);
    }

    [Theory]
    [InlineData("signed-in?code=c&state=forged")]
    [InlineData("signed-in")]
    public async Task SignIn_ForgedAnswer_IsRejected(string path)
    {
        await using VisitedPage visit = await fixture.OpenAsync();
        await using ProviderSite site = await ProviderSite.StartAsync();

        await visit.Page.GotoAsync(new Uri(site.Server.PageAddress!, path).AbsoluteUri);

        await visit.SeeAsync("The sign-in was not completed");
        Assert.DoesNotContain(await visit.Page.Context.CookiesAsync(), static cookie => cookie.Name == "topicgrpc-explorer");
    }

    [Fact]
    public async Task SignIn_AnswerOfAnotherBrowser_IsRejected()
    {
        await using VisitedPage attacker = await fixture.OpenAsync();
        await using VisitedPage victim = await fixture.OpenAsync();
        await using ProviderSite site = await ProviderSite.StartAsync();
        await site.BeginAsync(attacker, "");
        await attacker.Page.RouteAsync(IsAnswer, static route => route.AbortAsync());
        Task<IRequest> answer = attacker.Page.WaitForRequestAsync(static request => IsAnswer(request.Url));
        await attacker.Page.GetByRole(AriaRole.Button, new() { Name = "Allow" }).ClickAsync();

        await victim.Page.GotoAsync((await answer).Url);

        await victim.SeeAsync("The sign-in was not completed");
        Assert.DoesNotContain(await victim.Page.Context.CookiesAsync(), static cookie => cookie.Name == "topicgrpc-explorer");
    }

    [Fact]
    public async Task SignIn_NonceOfAnotherSignIn_IsRejected()
    {
        await using VisitedPage visit = await fixture.OpenAsync();
        await using ProviderSite site = await ProviderSite.StartAsync();
        site.Provider.Nonce = "638000000000000000.other";
        await site.BeginAsync(visit, "");

        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Allow" }).ClickAsync();

        await visit.SeeAsync("The sign-in was not completed");
    }

    [Fact]
    public async Task SignIn_TokenWithoutARole_SaysThatTheServerRejectsIt()
    {
        await using VisitedPage visit = await fixture.OpenAsync();
        await using ProviderSite site = await ProviderSite.StartAsync();
        site.Provider.Role = "none";
        await site.BeginAsync(visit, "");

        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Allow" }).ClickAsync();

        await visit.SeeAsync("The server does not accept the token of the identity provider");
    }

    [Fact]
    public async Task SignIn_ProviderStopped_SaysThatItDoesNotAnswer()
    {
        await using VisitedPage visit = await fixture.OpenAsync();
        await using ProviderSite site = await ProviderSite.StartAsync();
        await site.Provider.StopAsync();

        await visit.Page.GotoAsync(new Uri(site.Server.PageAddress!, "sign-in").AbsoluteUri);
        await visit.Page.GetByText("Sign in with Example").ClickAsync();

        await visit.SeeAsync("The identity provider does not answer");
        await visit.Page.GetByLabel("API key or token").WaitForAsync();
    }

    [Fact]
    public async Task SignIn_ReturnToAnotherSite_OpensTheHomeView()
    {
        await using VisitedPage visit = await fixture.OpenAsync();
        await using ProviderSite site = await ProviderSite.StartAsync();
        await visit.Page.GotoAsync(new Uri(site.Server.PageAddress!, "sign-in?return=https://evil.example/").AbsoluteUri);
        await visit.Page.GetByText("Sign in with Example").ClickAsync();

        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Allow" }).ClickAsync();

        await site.ArriveAsync(visit, "");
        await visit.SeeAsync("tokens/ann · reader");
    }

    [Fact]
    public async Task SignOut_OfThePageAndTheProvider_EndsBoth()
    {
        await using VisitedPage visit = await fixture.OpenAsync();
        await using ProviderSite site = await ProviderSite.StartAsync();
        await site.SignInAsync(visit, "");

        await visit.Page.GetByText("Sign out").ClickAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await visit.SeeAsync("You are signed out of this page.");
        Assert.DoesNotContain(await visit.Page.Context.CookiesAsync(), static cookie => cookie.Name == "topicgrpc-explorer");
        await visit.Page.GetByText("Sign out there as well").ClickAsync();

        await visit.SeeAsync($"signed out page, back to {site.Server.PageAddress}sign-in");
    }

    private static bool IsAnswer(string address) => address.Contains("/explorer/signed-in?", StringComparison.Ordinal);
}
