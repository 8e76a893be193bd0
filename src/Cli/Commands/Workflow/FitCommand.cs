using System.CommandLine;
using TopicGrpc.Cli.Errors;
using TopicGrpc.Cli.Hosting;
using TopicGrpc.Cli.Input;
using TopicGrpc.Cli.Jobs;
using TopicGrpc.Cli.Options;
using TopicGrpc.Cli.Reports;
using TopicGrpc.Cli.Terminals;
using TopicGrpc.Client.Settings;

namespace TopicGrpc.Cli.Commands.Workflow;

/// <summary><c>fit</c>: ingests an input, fits a model and writes the results, on the server given or on one inside this process.</summary>
internal sealed class FitCommand
{
    private readonly InputOptions _input = new();
    private readonly ServerOption _server;
    private readonly LocalServerOptions _local = new();
    private readonly JsonOption _json;
    private readonly GuidanceOptions _guidance = new();

    private readonly EncoderOption _encoder = new();
    private readonly SettingsOption _settings = new();
    private readonly Option<string> _folder = new("--out")
    {
        Description = "Folder for charts, report and documents; created if missing.",
        DefaultValueFactory = _ => "out",
    };

    private readonly Option<string?> _model = new("--model")
    {
        Description = "Model that receives the version. Default: the name of the input.",
    };

    private readonly Option<string?> _corpus = new("--corpus")
    {
        Description = "Corpus that stores the documents. Default: the name of the input and a fingerprint.",
    };

    private readonly Option<string?> _data = new("--data")
    {
        Description = "Data folder of the server inside this process; \"serve --data\" serves the model from it. Default: data below "
            + "--out.",
    };

    private readonly Option<string[]> _predict = new("--predict")
    {
        Description = "Text to predict after the fit, up to 1 MiB; repeatable. Default: none.",
    };

    private FitCommand(CliContext context)
    {
        _server = new ServerOption(context, "a server inside this process");
        _json = new JsonOption(context);
    }

    public static Command Create(CliContext context)
    {
        FitCommand fit = new(context);
        Command command = new("fit", "Ingests documents, fits a topic model, writes charts, report and documents.")
        {
            fit._folder, fit._model, fit._corpus, fit._data, fit._predict,
        };
        fit._input.AddTo(command);
        fit._encoder.AddTo(command);
        fit._settings.AddTo(command);
        fit._server.AddTo(command);
        fit._guidance.AddTo(command);
        fit._local.AddTo(command);
        fit._json.AddTo(command);
        command.SetAction(fit.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        CliContext context = _json.Context(parsed);
        using InputSource source = _input.Read(parsed);
        JobRequest request = await RequestAsync(parsed, source, cancellationToken);
        await using ServerConnection server = await ConnectAsync(parsed, request.OutputFolder, cancellationToken);
        string servers = string.Join(", ", server.Addresses.Select(static address => address.Authority));
        context.Terminal.Heading(
            $"server on {servers}, input {source.Path}, corpus {request.Corpus}, model {request.Model}");
        TopicJob job = new(server.Client, context.Terminal, context.Clock);
        JobResult result = await server.CallAsync(_ => job.RunAsync(request, cancellationToken));
        context.Terminal.Line($"label stable points to {result.Selector}");
        await _json.WriteAsync(parsed, JobReport.Of(result));
        return ExitCodes.Ok;
    }

    private async Task<JobRequest> RequestAsync(ParseResult parsed, InputSource source, CancellationToken cancellationToken)
    {
        FitSettings settings = _guidance.Apply(parsed, await _settings.ReadAsync(parsed, defaultFile: null, cancellationToken));
        InputSurvey input = await InputSurvey.ReadAsync(source, cancellationToken);
        return new JobRequest
        {
            Input = input,
            Corpus = parsed.GetValue(_corpus) ?? input.Identity.Corpus,
            GivenEmbeddings = _encoder.Read(parsed),
            Model = parsed.GetValue(_model) ?? input.Identity.Name,
            Settings = settings,
            OutputFolder = parsed.GetRequiredValue(_folder),
            Texts = parsed.GetValue(_predict) ?? [],
        };
    }

    private async Task<ServerConnection> ConnectAsync(ParseResult parsed, string output, CancellationToken cancellationToken)
    {
        if (_server.Given(parsed) is { } addresses)
        {
            return _server.ConnectTo(addresses, parsed);
        }

        string data = parsed.GetValue(_data) ?? Path.Combine(output, "data");
        return await ServerConnection.StartAsync(_local.Read(parsed, data, reflection: false), cancellationToken);
    }
}
