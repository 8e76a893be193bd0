using System.CommandLine;
using System.Globalization;
using TopicGrpc.Cli.Errors;
using TopicGrpc.Cli.Hosting;
using TopicGrpc.Cli.Options;
using TopicGrpc.Cli.Output;
using TopicGrpc.Cli.Terminals;
using TopicGrpc.Client.Models;

namespace TopicGrpc.Cli.Commands.Models;

/// <summary><c>models traffic</c>: shows, sets or removes the traffic policy of a model.</summary>
internal static class ModelsTrafficCommand
{
    private const decimal BasisPointsOfAPercent = 100;

    public static Command Create(CliContext context)
    {
        Argument<string> model = new("model") { Description = "Name of the model, such as news." };
        Argument<string[]> targets = new("target")
        {
            Description = "Version and its percentage, such as 7=70 8=30; up to 16, 0.01 to 100 each, 100 in total. Default: the label "
                + "stable decides.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        Option<long?> shadow = new("--shadow")
        {
            CustomParser = static result => NumberParsing.Whole<long>(result),
            Description = "Number of the version that receives copies of the texts. Default: none.",
        };
        Option<decimal?> sample = new("--sample")
        {
            CustomParser = static result => NumberParsing.Number<decimal>(result),
            Description = "Percentage of the texts to copy to the shadow version, 0.01 to 100. Default: 100.",
        };
        Option<bool> none = new("--none") { Description = "Remove the policy." };
        Option<string?> etag = new("--etag")
        {
            Description = "Change the policy only if the model still has this etag. Default: change it in any case.",
        };
        ServerOption server = new(context);
        JsonOption json = new(context);
        Command command = new(
            "traffic",
            "Shows which versions answer calls that name no version; targets, --shadow or --none change the traffic policy.")
        {
            model,
            targets,
            shadow,
            sample,
            none,
            etag,
        };
        server.AddTo(command);
        json.AddTo(command);
        command.SetAction(async (parsed, token) =>
        {
            string name = parsed.GetRequiredValue(model);
            TrafficPolicy policy = new()
            {
                Targets = [.. (parsed.GetValue(targets) ?? []).Select(Target)],
                ShadowVersion = parsed.GetValue(shadow),
                ShadowSample = BasisPoints(parsed.GetValue(sample) ?? 100, "--sample"),
            };
            bool isEmpty = policy.Targets.Count == 0 && policy.ShadowVersion is null;
            if (parsed.GetValue(none) && !isEmpty)
            {
                throw new CliException("--none removes the policy and cannot be combined with targets or --shadow", ExitCodes.BadInput);
            }

            if (parsed.GetValue(sample) is not null && policy.ShadowVersion is null)
            {
                throw new CliException("--sample requires --shadow", ExitCodes.BadInput);
            }

            await using ServerConnection connection = server.Connect(parsed);
            ModelInfo info = await connection.CallAsync(client => isEmpty && !parsed.GetValue(none)
                ? client.Models.GetAsync(name, token)
                : client.Models.SetTrafficPolicyAsync(name, policy, parsed.GetValue(etag), token));
            json.Context(parsed).Terminal.Line(ModelTables.TrafficOf(info));
            await json.WriteAsync(parsed, new { info.Name, info.Traffic, info.Labels, info.Etag });
            return ExitCodes.Ok;
        });
        return command;
    }

    private static TrafficTarget Target(string text)
    {
        string[] parts = text.Split('=');
        return parts.Length == 2
            && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out long version)
            && decimal.TryParse(parts[1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal percent)
            ? new TrafficTarget(version, BasisPoints(percent, text))
            : throw new CliException($"\"{text}\" is not a version and its percentage; write it as 7=70", ExitCodes.BadInput);
    }

    private static int BasisPoints(decimal percent, string what) =>
        percent is > 0 and <= 100 && decimal.IsInteger(percent * BasisPointsOfAPercent)
        ? (int)(percent * BasisPointsOfAPercent)
        : throw new CliException($"{what}: a percentage must be above 0 and at most 100, with at most two decimals", ExitCodes.BadInput);
}
