using System.CommandLine;

namespace TopicGrpc.Cli.Options;

/// <summary>Argument with the id of a fit.</summary>
internal sealed class FitArgument
{
    private readonly Argument<string> _fit = new("fit") { Description = "Id of the fit, as \"fits list\" prints it." };

    public void AddTo(Command command) => command.Add(_fit);

    public string Read(ParseResult parsed) => parsed.GetRequiredValue(_fit);
}
