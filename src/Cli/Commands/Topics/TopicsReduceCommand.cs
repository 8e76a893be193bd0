using System.CommandLine;
using TopicGrpc.Cli.Options;
using TopicGrpc.Cli.Terminals;
using TopicGrpc.Client.Operations;
using TopicGrpc.Client.Settings;

namespace TopicGrpc.Cli.Commands.Topics;

/// <summary><c>topics reduce</c>: merges topics that are alike.</summary>
internal static class TopicsReduceCommand
{
    public static Command Create(CliContext context)
    {
        DerivationOptions derive = new(context);
        Option<int?> count = new("--to") { Description = "Merge until this many topics are left, the outlier topic counted; 2 or more." };
        Option<bool> auto = new("--auto") { Description = "Merge topics that are alike, however many are left." };
        Command command = new("reduce", "Makes a version with fewer topics.");
        derive.AddTo(command);
        command.Add(count);
        command.Add(auto);
        command.Validators.Add(parsed =>
        {
            if (parsed.GetValue(count) is null == !parsed.GetValue(auto))
            {
                parsed.AddError("state either --to N or --auto");
            }
        });
        command.SetAction((parsed, token) =>
            derive.RunAsync(parsed, new ReduceTopics(parsed.GetValue(count) is int target ? TopicReduction.To(target) : TopicReduction.Auto), token));
        return command;
    }
}
