using TopicGrpc.Engine.Topics;
using TopicGrpc.Engine.Topics.Reports;

namespace TopicGrpc.Server.Fitting;

/// <summary>Documents that a fit leaves out, as warnings of its report.</summary>
internal static class LeftOutDocuments
{
    private const int MostNames = 5;

    /// <summary>Adds the documents that were left out to the warnings of a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="quarantined">Ids of the documents whose text ended the process.</param>
    /// <param name="notFinite">Ids of the documents without a finite embedding.</param>
    public static TopicModel AddTo(TopicModel model, IReadOnlyList<string> quarantined, IReadOnlyList<string> notFinite)
    {
        List<FitWarning> warnings = [.. model.Report.Warnings];
        if (quarantined.Count > 0)
        {
            warnings.Add(new FitWarning(
                FitWarning.DocumentsQuarantined,
                Sentence(quarantined) + "The server process ended each time their text was embedded; GetCorpus lists the texts. "
                + "Store the documents in another form, or run another encoder."));
        }

        if (notFinite.Count > 0)
        {
            warnings.Add(new FitWarning(
                FitWarning.DocumentsNotFinite,
                Sentence(notFinite) + "The encoder computes numbers that are not finite for them. "
                + "Store the documents in another form, or run another encoder."));
        }

        return warnings.Count == model.Report.Warnings.Count ? model : model.WithReport(model.Report with { Warnings = warnings });
    }

    /// <summary>Returns the first ids in order, quoted.</summary>
    public static string Names(IReadOnlyList<string> ids) =>
        string.Join(", ", ids.Order(StringComparer.Ordinal).Take(MostNames).Select(static id => $"'{id}'"))
        + (ids.Count > MostNames ? " and others" : string.Empty);

    private static string Sentence(IReadOnlyList<string> ids) => ids.Count == 1
        ? $"The document {Names(ids)} is left out. "
        : FormattableString.Invariant($"{ids.Count} documents are left out: {Names(ids)}. ");
}
