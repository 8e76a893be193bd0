using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using TopicGrpc.Engine.Documents;
using TopicGrpc.Server.Corpora;
using TopicGrpc.Server.Storage;
using TopicGrpc.Shared;

namespace TopicGrpc.Server.Fitting;

/// <summary>
/// Finds the text that ends the process in native code. A text that was running at each of the last <c>Fits:MaxAttempts</c> deaths of the
/// process is a suspect. The next run embeds each suspect alone, before all other texts. If the process ends again, the text that ran is
/// quarantined: fits leave its documents out. One death more identifies the text, where bisection would need one for each halving.
/// </summary>
internal sealed class CrashedTexts(DataFolder data, IOptions<FitOptions> options, TimeProvider clock, ILogger<CrashedTexts> logger)
{
    /// <summary>Most quarantined texts of a corpus and an encoder. Beyond it, the encoder rather than a text is the likely cause.</summary>
    public const int MaxQuarantined = 16;

    private const string KeyFormat = "x32";

    /// <summary>Counts the death of the last process, once. Called before fits are queued again, and before a fit embeds texts.</summary>
    public CrashVerdict Settle()
    {
        string path = data.Paths.Running;
        try
        {
            if (!data.Files.FileExists(path))
            {
                return CrashVerdict.None;
            }

            CrashVerdict verdict = RunningTexts.Read(data.Files, path) is var (run, texts)
                && data.Files.FolderExists(data.Paths.Corpus(run.CorpusId))
                ? Count(run, texts)
                : CrashVerdict.None;
            data.Files.DeleteFile(path);
            return verdict;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // The file stays; the next fit of the corpus counts it, or fails for the same reason.
            Log.CrashUncounted(logger, failure);
            return CrashVerdict.None;
        }
    }

    /// <summary>Returns the keys of the texts that must run alone.</summary>
    /// <exception cref="IOException">The disk fails.</exception>
    public HashSet<UInt128> Suspects(string corpusId, string encoderSha256) =>
    [
        .. new CrashFile(data, corpusId).Read().Texts
            .Where(text => IsSuspect(text) && text.EncoderSha256 == encoderSha256)
            .Select(static text => KeyOf(text)),
    ];

    /// <summary>Separates the documents with quarantined texts.</summary>
    /// <param name="corpusId">Corpus of the documents.</param>
    /// <param name="encoderSha256">SHA-256 of the encoder.</param>
    /// <param name="documents">The documents; those with quarantined texts are removed from the list.</param>
    /// <returns>Ids of the removed documents, in the order of the list.</returns>
    /// <exception cref="IOException">The disk fails.</exception>
    public IReadOnlyList<string> Exclude(string corpusId, string encoderSha256, List<Document> documents)
    {
        HashSet<UInt128> quarantined =
        [
            .. new CrashFile(data, corpusId).Read().Texts
                .Where(text => text.Quarantined is not null && text.EncoderSha256 == encoderSha256)
                .Select(static text => KeyOf(text)),
        ];
        if (quarantined.Count == 0)
        {
            return [];
        }

        List<string> excluded = [];
        documents.RemoveAll(document =>
        {
            bool isQuarantined = quarantined.Contains(EmbeddingCache.KeyOf(document.Text));
            if (isQuarantined)
            {
                excluded.Add(document.Id);
            }

            return isQuarantined;
        });
        return excluded;
    }

    /// <summary>Starts the record of the texts that a fit embeds.</summary>
    /// <param name="corpusId">Corpus of the documents.</param>
    /// <param name="encoderSha256">SHA-256 of the encoder.</param>
    /// <param name="window">Texts that run at the same time.</param>
    /// <param name="mustKeep">See <see cref="RunningTexts"/>.</param>
    /// <exception cref="IOException">The disk fails.</exception>
    public RunningTexts Begin(string corpusId, string encoderSha256, int window, Func<bool> mustKeep) => new(
        data.Files,
        data.Paths.Running,
        new RunningRun(
            BinaryPrimitives.ReadUInt128LittleEndian(RandomNumberGenerator.GetBytes(16)), corpusId, encoderSha256, IsAlone: window == 1),
        window,
        mustKeep);

    /// <summary>Clears all suspects of a corpus: every text was embedded.</summary>
    /// <exception cref="IOException">The disk fails.</exception>
    public void Clear(string corpusId, string encoderSha256)
    {
        CrashFile file = new(data, corpusId);
        CrashRecord record = file.Read();
        CrashedText[] kept = [.. record.Texts.Where(text => text.Quarantined is not null || text.EncoderSha256 != encoderSha256)];
        if (kept.Length < record.Texts.Count)
        {
            file.Write(record with { Texts = kept });
        }
    }

    private static UInt128 KeyOf(CrashedText text) =>
        UInt128.TryParse(text.TextKey, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out UInt128 key) ? key : default;

    /// <summary>Returns the key of a text as it is stored.</summary>
    public static string TextKey(UInt128 key) => key.ToString(KeyFormat, CultureInfo.InvariantCulture);

    private bool IsSuspect(CrashedText text) => text.Quarantined is null && text.Deaths >= options.Value.MaxAttempts;

    private CrashVerdict Count(RunningRun run, IReadOnlyList<RunningRecord> texts)
    {
        CrashFile file = new(data, run.CorpusId);
        CrashRecord record = file.Read();
        string id = TextKey(run.Id);
        if (record.LastRun == id)
        {
            return Verdict(run, record, hasQuarantined: false);
        }

        (CrashedText[] counted, bool hasQuarantined) = run.IsAlone ? Quarantine(run, record, texts) : (Suspect(run, record, texts), false);
        CrashRecord changed = new(id, counted);
        file.Write(changed);
        return Verdict(run, changed, hasQuarantined);
    }

    private CrashVerdict Verdict(RunningRun run, CrashRecord record, bool hasQuarantined) => new(
        run.CorpusId, record.Texts.Any(text => IsSuspect(text) && text.EncoderSha256 == run.EncoderSha256), hasQuarantined);

    /// <summary>Counts a death for each text that ran. A text that did not run cannot be the cause, so it is no longer suspected.</summary>
    private static CrashedText[] Suspect(RunningRun run, CrashRecord record, IReadOnlyList<RunningRecord> texts)
    {
        var known = record.Texts
            .Where(text => text.Quarantined is null && text.EncoderSha256 == run.EncoderSha256)
            .ToDictionary(static text => text.TextKey, StringComparer.Ordinal);
        return
        [
            .. record.Texts.Where(text => text.Quarantined is not null || text.EncoderSha256 != run.EncoderSha256),
            .. texts.DistinctBy(static text => text.Key).Select(text => new CrashedText
            {
                DocumentId = text.Value,
                TextKey = TextKey(text.Key),
                EncoderSha256 = run.EncoderSha256,
                Deaths = (known.GetValueOrDefault(TextKey(text.Key))?.Deaths ?? 0) + 1,
            }),
        ];
    }

    private (CrashedText[] Texts, bool HasQuarantined) Quarantine(
        RunningRun run, CrashRecord record, IReadOnlyList<RunningRecord> texts)
    {
        int quarantined = record.Texts.Count(text => text.Quarantined is not null && text.EncoderSha256 == run.EncoderSha256);
        if (texts is not [{ } culprit] || quarantined >= MaxQuarantined)
        {
            return ([.. record.Texts], false);
        }

        string key = TextKey(culprit.Key);
        bool IsCulprit(CrashedText text) => text.TextKey == key && text.EncoderSha256 == run.EncoderSha256;
        int deaths = (record.Texts.FirstOrDefault(IsCulprit)?.Deaths ?? 0) + 1;
        CrashedText found = new()
        {
            DocumentId = culprit.Value,
            TextKey = key,
            EncoderSha256 = run.EncoderSha256,
            Deaths = deaths,
            Quarantined = clock.GetUtcNow(),
        };
        Log.TextQuarantined(logger, run.CorpusId, culprit.Value, deaths);
        data.Warnings.Add(new StorageWarning(
            $"Fits of '{ResourceNames.Corpus(run.CorpusId)}' leave out the document '{culprit.Value}': "
                + FormattableString.Invariant($"the process ended {deaths} times while its text was embedded."),
            CorpusId: run.CorpusId));
        return ([.. record.Texts.Where(text => !IsCulprit(text)), found], true);
    }
}
