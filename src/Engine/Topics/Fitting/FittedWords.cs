using TopicGrpc.Engine.Topics.Operations;
using TopicGrpc.Engine.Topics.Reports;

namespace TopicGrpc.Engine.Topics.Fitting;

/// <summary>
/// The last stage of a fit with representations. It runs the operation that chooses words later, so both give the same words.
/// </summary>
internal static class FittedWords
{
    /// <summary>Returns the model with the words of its representations; the same model if its settings have none.</summary>
    /// <param name="fit">The fit.</param>
    /// <param name="model">Model with words by weight.</param>
    /// <param name="given">Documents and encoder.</param>
    public static TopicModel Choose(FitContext fit, TopicModel model, FitInput given)
    {
        if (!fit.Options.Representations.Any)
        {
            return model;
        }

        RepresentTopics operation = new()
        {
            Embedder = given.Guidance.Embedder,
            Time = fit.Clock.Time,
            Main = fit.Options.Representations.Main,
            Aspects = fit.Options.Representations.Aspects,
        };
        TopicModel chosen = operation.Apply(model, given.Documents, fit.Compute, fit.CancellationToken);
        double seconds = chosen.Report.TotalSeconds;
        return chosen.WithReport(model.Report with
        {
            Stages =
            [
                .. model.Report.Stages
                    .Select(stage => stage.Stage == FitStage.Topics ? stage with { Seconds = stage.Seconds + seconds } : stage),
            ],
            Settings = chosen.Options,
        });
    }
}
