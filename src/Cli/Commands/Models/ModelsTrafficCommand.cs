using System.CommandLine;
using System.Globalization;
using TopicGrpc.Cli.Errors;
using TopicGrpc.Cli.Hosting;
using TopicGrpc.Cli.Options;
using TopicGrpc.Cli.Output;
using TopicGrpc.Cli.Terminals;
using TopicGrpc.Client.Models;

namespace TopicGrpc.Cli.Commands.Models;

/// <summary><c>models traffic</c>: shows, replaces or ends the traffic policy of a model.</summary>
internal static class ModelsTrafficCommand
{
    private const decimal BasisPointsOfAPercent = 100;

    public static Command Create(CliContext context)
    {
        Argument<string> model = new("model") { Description = "Model." };
        Argument<string[]> targets = new("target") { Description = "Version and its percentage, 7=70 8=30, which sum to 100. Without one the label stable decides.", Arity = ArgumentArity.ZeroOrMore };
        Option<long?> shadow = new("--shadow") { Description = "Version that gets a copy of the texts." };
        Option<decimal?> sample = new("--sample") { Description = "Percentage of the texts copied. Default 100." };
        Option<bool> none = new("--none") { Description = "End the policy." };
        Option<string?> etag = new("--etag") { Description = "Change nothing where the model is no longer as it was read with this etag." };
        ServerOption server = new(context);
        JsonOption json = new(context);
        Command command = new("traffic", "Shows who answers calls that name no version; with targets, --shadow or --none sets it.") { model, targets, shadow, sample, none, etag };
        server.AddTo(command);
        json.AddTo(command);
        command.SetAction(async (parsed, token) =>
        {
            string name = parsed.GetRequiredValue(model);
            TrafficPolicy policy = new()
            {
                Targets = [.. (parsed.GetValue(targets) ?? []).Select(Target)],
                ShadowVersion = parsed.GetValue(shadow),
                ShadowBasisPoints = BasisPoints(parsed.GetValue(sample) ?? 100, "--sample"),
            };
            bool isEmpty = policy.Targets.Count == 0 && policy.ShadowVersion is null;
            if (parsed.GetValue(none) && !isEmpty)
            {
                throw new CliException("--none ends the policy: name no version beside it", ExitCodes.BadInput);
            }

            if (parsed.GetValue(sample) is not null && policy.ShadowVersion is null)
            {
                throw new CliException("--sample is a share of what --shadow gets: name that version too", ExitCodes.BadInput);
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
            : throw new CliException($"\"{text}\" is no version with its percentage; write it as 7=70", ExitCodes.BadInput);
    }

    private static int BasisPoints(decimal percent, string what) => percent is > 0 and <= 100 && decimal.IsInteger(percent * BasisPointsOfAPercent)
        ? (int)(percent * BasisPointsOfAPercent)
        : throw new CliException($"{what}: a percentage lies above 0 and at most at 100, with two decimals at most", ExitCodes.BadInput);
}
