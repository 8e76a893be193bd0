using System.CommandLine;
using TopicGrpc.Cli.Options;
using TopicGrpc.Cli.Settings;
using TopicGrpc.Cli.Terminals;
using TopicGrpc.Client.Operations;
using TopicGrpc.Client.Settings;

namespace TopicGrpc.Cli.Commands.Topics;

/// <summary><c>topics reduce</c>: reduces the number of topics.</summary>
internal static class TopicsReduceCommand
{
    public static Command Create(CliContext context)
    {
        DerivationOptions derive = new(context);
        Option<int?> count = LimitedOption.Create<int>(
            "--to",
            OperationFields.TopicCount,
            NumberParsing.Whole<int>,
            "Number of topics to keep, including the outlier topic",
            "Default: none; give --to, --auto or --layer.");
        Option<bool> auto = new("--auto") { Description = "Merge similar topics without a target number." };
        Option<string?> layer = new("--layer")
        {
            Description = "Coarser layer whose topics to take, such as coarser-1; topics layers lists them. Default: none.",
            HelpName = "layer",
        };
        Command command = new("reduce", "Makes a new version with fewer topics by merging similar ones.");
        derive.AddTo(command);
        command.Add(count);
        command.Add(auto);
        command.Add(layer);
        command.Validators.Add(parsed =>
        {
            bool[] given = [parsed.GetResult(count) is not null, parsed.GetValue(auto), parsed.GetResult(layer) is not null];
            if (given.Count(static one => one) != 1)
            {
                parsed.AddError("give exactly one of --to N, --auto or --layer NAME");
            }
        });
        command.SetAction((parsed, token) =>
        {
            if (parsed.GetValue(layer) is { } name)
            {
                return derive.RunAsync(parsed, new ReduceToLayer(name), token);
            }

            TopicReduction reduction = parsed.GetValue(count) is int target ? TopicReduction.To(target) : TopicReduction.Auto;
            return derive.RunAsync(parsed, new ReduceTopics(reduction), token);
        });
        return command;
    }
}
