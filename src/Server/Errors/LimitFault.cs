using System.Globalization;
using Grpc.Core;
using TopicGrpc.Shared;

namespace TopicGrpc.Server.Errors;

/// <summary>Rejects requests that would store more than an option allows. Nothing frees itself, so no fault has a delay.</summary>
internal static class LimitFault
{
    public static ServiceException Corpora(long limit) =>
        Reached("corpora", limit, "Ingest:MaxCorpora", "Delete corpora that are no longer needed.");

    public static ServiceException Sessions(string corpus, long limit) =>
        Reached(
            $"ingest sessions of '{corpus}'",
            limit,
            "Ingest:MaxSessions",
            "Continue an existing session or ingest into another corpus; sessions are deleted with their corpus.");

    public static ServiceException Models(long limit) =>
        Reached("models", limit, "Models:MaxModels", "Publish the version under an existing model.");

    public static ServiceException Versions(string model, long limit) =>
        Reached(
            $"versions of '{model}'",
            limit,
            "Models:MaxVersions",
            "Delete versions that are no longer needed, or set Models:KeepVersions, which deletes the oldest.");

    public static ServiceException Labels(string model, long limit) =>
        Reached($"labels of '{model}'", limit, "Models:MaxLabels", "Move an existing label.");

    public static ServiceException DataFolder(long limit) =>
        Reached("bytes in the data folder", limit, "Storage:MaxBytes", "Delete corpora or versions that are no longer needed.");

    public static ServiceException FitTooLarge(string corpus, long documents, long estimated, long limit)
    {
        string need = estimated.ToString(CultureInfo.InvariantCulture);
        string most = limit.ToString(CultureInfo.InvariantCulture);
        return new(
            StatusCode.FailedPrecondition,
            ErrorReasons.FitTooLarge,
            FormattableString.Invariant($"A fit of the {documents} documents of '{corpus}' would need about {need} bytes of memory; ")
            + $"the option Fits:MaxMemory allows {most}. Fit a sample (settings.sample), lower umap.n_neighbors or umap.n_components, "
            + "leave calculate_probabilities off, or raise the option.")
        {
            Metadata = new Dictionary<string, string> { ["estimatedBytes"] = need, ["limitBytes"] = most },
        };
    }

    private static ServiceException Reached(string what, long limit, string option, string remedy)
    {
        string number = limit.ToString(CultureInfo.InvariantCulture);
        return new(
            StatusCode.ResourceExhausted,
            ErrorReasons.LimitReached,
            $"This server stores at most {number} {what}; the option {option} sets the limit. {remedy}")
        {
            Metadata = new Dictionary<string, string> { ["limit"] = number, ["option"] = option },
        };
    }
}
