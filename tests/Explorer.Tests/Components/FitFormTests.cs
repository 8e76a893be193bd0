using AngleSharp.Dom;
using Bunit;
using Google.Protobuf.Reflection;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using TopicGrpc.Client;
using TopicGrpc.Client.Keys;
using TopicGrpc.Client.Servers;
using TopicGrpc.Client.Settings;
using TopicGrpc.Client.Testing;
using TopicGrpc.Explorer.Fitting;
using TopicGrpc.Explorer.Sessions;

namespace TopicGrpc.Explorer.Tests.Components;

/// <summary>The form of a fit has an editor for every field of the contract.</summary>
public sealed class FitFormTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly BunitContext _context = new();
    private readonly FakeTopicGrpc _fake = new();
    private readonly TopicGrpcClient _client;

    public FitFormTests()
    {
        _client = _fake.CreateClient();
        _context.JSInterop.Mode = JSRuntimeMode.Loose;
        _context.Services.AddSingleton(TimeProvider.System);
    }

    public void Dispose()
    {
        _client.Dispose();
        _fake.Dispose();
        _context.Dispose();
    }

    [Fact]
    public async Task Form_EveryFieldOfTheContract_HasAnEditorWithNameAndHelp()
    {
        IRenderedComponent<NewFitPage> page = Render();
        await ClickAsync(page, "Add an aspect");
        foreach (string method in SettingsCatalog.Instance.WordMethods.Select(static method => $"Add {method.Name}"))
        {
            // For the main words, and for the aspect.
            Assert.Equal(2, Buttons(page, method).Count());
            await ClickAsync(page, method);
            await Buttons(page, method).Last().ClickAsync(new MouseEventArgs());
        }

        ILookup<string, IElement> editors = page.FindAll("[data-setting]").ToLookup(static editor => editor.GetAttribute("data-setting")!);

        foreach (string path in Paths(V1.FitSettings.Descriptor, ""))
        {
            IElement editor = Assert.Single(editors[path]);
            Assert.NotNull(editor.QuerySelector("input, select, textarea"));
            Assert.True(path == "preset" || editor.QuerySelector(".help")!.TextContent.Trim().Length > 0, path);
        }
    }

    [Fact]
    public async Task Form_Representations_AreThoseOfTheRequest()
    {
        FitSettings? sentSettings = null;
        _fake.OnFit(request =>
        {
            sentSettings = request.Settings;
            return [];
        });
        IRenderedComponent<NewFitPage> page = Render();
        await ClickAsync(page, "Add KeyBERTInspired");
        await ClickAsync(page, "Add MaximalMarginalRelevance");
        await ChangeAsync(page, "representation_model.main.key_bert_inspired.nr_repr_docs", "7");
        await ChangeAsync(page, "representation_model.main.maximal_marginal_relevance.diversity", "0.4");
        await Buttons(page, "Earlier").Last().ClickAsync(new MouseEventArgs());
        await ClickAsync(page, "Add an aspect");
        await ChangeAsync(page, "representation_model.aspects.name", "Close");
        await Buttons(page, "Add KeyBERTInspired").Last().ClickAsync(new MouseEventArgs());

        await page.Find("form").SubmitAsync(EventArgs.Empty);

        page.WaitForAssertion(() => Assert.NotNull(sentSettings), Patience);
        RepresentationSettings sent = sentSettings!.Representation!;
        TopicRepresentation[] main =
            [new MaximalMarginalRelevance { Diversity = 0.4 }, new KeyBertInspired { RepresentativeDocumentCount = 7 }];
        Assert.Equal(main, sent.Main);
        Assert.Equal([new KeyBertInspired()], Assert.Single(sent.Aspects).Value);
        Assert.Equal("Close", sent.Aspects.Keys.Single());
    }

    [Theory]
    [InlineData("", "every aspect needs a name")]
    [InlineData("Main", "the name of the main words")]
    public async Task Form_NameOfAnAspect_IsChecked(string name, string message)
    {
        IRenderedComponent<NewFitPage> page = Render();
        await ClickAsync(page, "Add an aspect");
        await ChangeAsync(page, "representation_model.aspects.name", name);

        await page.Find("form").SubmitAsync(EventArgs.Empty);

        page.WaitForAssertion(() => Assert.Contains(message, page.Markup, StringComparison.Ordinal), Patience);
        Assert.DoesNotContain(_fake.Calls, static call => call.Method == "StartFit");
    }

    private static IEnumerable<string> Paths(MessageDescriptor message, string prefix)
    {
        foreach (FieldDescriptor field in message.Fields.InDeclarationOrder())
        {
            string path = prefix + field.Name;
            IEnumerable<string> paths =
                field.FieldType == FieldType.Message && !IsValue(field.MessageType) ? Paths(field.MessageType, path + ".") : [path];
            foreach (string inner in paths)
            {
                yield return inner;
            }
        }
    }

    private static bool IsValue(MessageDescriptor message) =>
        message == V1.NgramRange.Descriptor
        || message == V1.VectorizerSettings.Types.WordList.Descriptor
        || message == V1.FitSettings.Types.SeedTopic.Descriptor;

    private static IEnumerable<IElement> Buttons(IRenderedComponent<NewFitPage> page, string text) =>
        page.FindAll("button").Where(button => button.TextContent.Trim() == text);

    private static Task ClickAsync(IRenderedComponent<NewFitPage> page, string text) =>
        Buttons(page, text).First().ClickAsync(new MouseEventArgs());

    private static Task ChangeAsync(IRenderedComponent<NewFitPage> page, string path, string value) =>
        page.Find($"[data-setting='{path}'] input").ChangeAsync(new ChangeEventArgs { Value = value });

    private IRenderedComponent<NewFitPage> Render()
    {
        _fake.Corpora.Add("news");
        Session session = new(
            _client, new CallerInfo { Name = "keys/test", Role = KeyRole.Trainer, ModelPatterns = ["*"], CorpusPatterns = ["*"] });
        IRenderedComponent<NewFitPage> page = _context.Render<NewFitPage>(builder => builder.AddCascadingValue(session));
        page.WaitForElement("form", Patience);
        return page;
    }
}
