using Bunit;
using Microsoft.Extensions.DependencyInjection;
using TopicGrpc.Client;
using TopicGrpc.Client.Errors;
using TopicGrpc.Client.Keys;
using TopicGrpc.Client.Servers;
using TopicGrpc.Client.Testing;
using TopicGrpc.Client.Testing.Calls;
using TopicGrpc.Client.Topics;
using TopicGrpc.Explorer.Curating;
using TopicGrpc.Explorer.Fitting;
using TopicGrpc.Explorer.Home;
using TopicGrpc.Explorer.Parts;
using TopicGrpc.Explorer.Sessions;
using TopicGrpc.Explorer.Topics;

namespace TopicGrpc.Explorer.Tests.Components;

/// <summary>Views in memory, on the fake of the client: states that a real server rarely has.</summary>
public sealed class PageTests : IDisposable
{
    private const string GridScript = "./_content/Microsoft.AspNetCore.Components.QuickGrid/QuickGrid.razor.js";

    private readonly BunitContext _context = new();
    private readonly FakeTopicGrpc _fake = new();
    private readonly TopicGrpcClient _client;

    public PageTests()
    {
        _client = _fake.CreateClient();
        _context.Services.AddSingleton(TimeProvider.System);
        _context.JSInterop.Mode = JSRuntimeMode.Loose;
        _context.JSInterop.SetupModule(GridScript).Mode = JSRuntimeMode.Loose;
    }

    public void Dispose()
    {
        _client.Dispose();
        _fake.Dispose();
        _context.Dispose();
    }

    [Fact]
    public void Home_EmptyServer_SaysHowToBegin()
    {
        IRenderedComponent<HomePage> page = Render<HomePage>(KeyRole.Admin);

        page.WaitForAssertion(() => Assert.Contains("There is no model yet.", page.Markup, StringComparison.Ordinal));
        Assert.Contains("Nothing is queued or running.", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Home_ServerUnavailable_OffersAnotherTry()
    {
        ErrorDetails gone = new() { Status = TopicGrpcStatus.FailedPrecondition, Reason = "NOT_AVAILABLE" };
        _fake.FailNext("GetServerInfo", new FakeFailure(gone, "The data folder is being restored."));
        IRenderedComponent<HomePage> page = Render<HomePage>(KeyRole.Admin);
        page.WaitForAssertion(() => Assert.Contains("The data folder is being restored.", page.Markup, StringComparison.Ordinal));

        page.Find(".notice button").Click();

        page.WaitForAssertion(() => Assert.Contains("There is no model yet.", page.Markup, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(KeyRole.Reader, false)]
    [InlineData(KeyRole.Writer, false)]
    [InlineData(KeyRole.Trainer, true)]
    public void NewFit_Role_DecidesWhetherThereIsAForm(KeyRole role, bool hasForm)
    {
        _fake.Corpora.Add("news");

        IRenderedComponent<NewFitPage> page = Render<NewFitPage>(role);

        page.WaitForAssertion(() => Assert.Equal(hasForm, page.FindAll("form").Count == 1));
        Assert.Equal(!hasForm, page.Markup.Contains("needs the role trainer", StringComparison.Ordinal));
    }

    [Fact]
    public void Curate_Reader_HasNoControls()
    {
        _fake.Models.Add("news", new TopicInfo { Id = 0, Name = "0_a", Count = 3 });

        IRenderedComponent<CuratePage> page = Render<CuratePage>(
            KeyRole.Reader, parameters => parameters.Add(view => view.Model, "news").Add(view => view.Selector, "1"));

        page.WaitForAssertion(() => Assert.Contains("need the role trainer", page.Markup, StringComparison.Ordinal));
        Assert.Empty(page.FindAll("button, input, select"));
    }

    [Fact]
    public void Curate_MergeOfOneTopic_ExplainsWhatIsMissing()
    {
        _fake.Models.Add("news", new TopicInfo { Id = 0, Name = "0_a", Count = 3 }, new TopicInfo { Id = 1, Name = "1_b", Count = 2 });
        IRenderedComponent<CuratePage> page = Render<CuratePage>(
            KeyRole.Trainer, parameters => parameters.Add(view => view.Model, "news").Add(view => view.Selector, "1"));
        page.WaitForElement("form");

        page.Find("select").Change(nameof(CurationKind.Merge));
        page.Find("input[type=checkbox]").Change(value: true);
        page.Find("form").Submit();

        page.WaitForAssertion(() => Assert.Contains("Choose two or more topics to merge.", page.Markup, StringComparison.Ordinal));
        Assert.DoesNotContain(_fake.Calls, static call => call.Method == "DeriveVersion");
    }

    [Fact]
    public void Topics_Markup_IsEscaped()
    {
        _fake.Models.Add("news", new TopicInfo { Id = 0, Name = "<script>alert(1)</script>", Count = 3 });

        IRenderedComponent<TopicsPage> page = Render<TopicsPage>(
            KeyRole.Reader, parameters => parameters.Add(view => view.Model, "news").Add(view => view.Selector, "1"));

        page.WaitForAssertion(() => Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;", page.Markup, StringComparison.Ordinal));
        Assert.Empty(page.FindAll("script"));
    }

    [Fact]
    public void FailureNotice_InvalidCredential_LeadsToTheSignIn()
    {
        var failure = Failure.Of(new UnauthenticatedException(
            "The credentials are not valid.", new ErrorDetails { Status = TopicGrpcStatus.Unauthenticated }));

        IRenderedComponent<FailureNotice> notice =
            _context.Render<FailureNotice>(parameters => parameters.Add(part => part.Failure, failure));

        Assert.Equal("sign-in", notice.Find("a").GetAttribute("href"));
    }

    private IRenderedComponent<TPage> Render<TPage>(
        KeyRole role, Action<ComponentParameterCollectionBuilder<TPage>>? parameters = null)
        where TPage : View
    {
        Session session = new(_client, new CallerInfo { Name = "keys/test", Role = role, ModelPatterns = ["*"], CorpusPatterns = ["*"] });
        return _context.Render<TPage>(builder =>
        {
            builder.AddCascadingValue(session);
            parameters?.Invoke(builder);
        });
    }
}
