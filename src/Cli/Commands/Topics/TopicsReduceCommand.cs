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
            "Default: none; give --to or --auto.");
        Option<bool> auto = new("--auto") { Description = "Merge similar topics without a target number." };
        Command command = new("reduce", "Makes a new version with fewer topics by merging similar ones.");
        derive.AddTo(command);
        command.Add(count);
        command.Add(auto);
        command.Validators.Add(parsed =>
        {
            if (parsed.GetResult(count) is null == !parsed.GetValue(auto))
            {
                parsed.AddError("give either --to N or --auto");
            }
        });
        command.SetAction((parsed, token) =>
        {
            TopicReduction reduction = parsed.GetValue(count) is int target ? TopicReduction.To(target) : TopicReduction.Auto;
            return derive.RunAsync(parsed, new ReduceTopics(reduction), token);
        });
        return command;
    }
}
