namespace TopicGrpc.Engine.Words;

/// <summary>
/// Words that most documents could have: in more than 30 % of the documents, and beside most other words. The second condition keeps the
/// word of a large topic, which occurs beside the words of that topic only.
/// </summary>
internal static class FrequentWords
{
    /// <summary>Share of the documents above which a word is frequent.</summary>
    public const double Share = 0.3;

    private const int LeastDocuments = 100;
    private const int MaxWords = 100;

    /// <summary>Least number of documents of a word that counts as company of a frequent word.</summary>
    private const int LeastCompany = 10;

    /// <summary>Share of the other words, weighted by their documents, beside which a frequent word must occur.</summary>
    private const double CompanyShare = 0.75;

    /// <summary>Share of the documents that must keep a word.</summary>
    private const double KeptShare = 0.95;

    /// <summary>Finds the frequent words of a corpus.</summary>
    /// <param name="tokens">Documents without stop words.</param>
    /// <param name="cancellationToken">Cancels between documents.</param>
    /// <returns>
    /// The words, the most frequent first; none for fewer than 100 documents, or if too few documents would keep a word.
    /// </returns>
    public static IReadOnlyList<string> Find(DocumentTokens tokens, CancellationToken cancellationToken)
    {
        if (tokens.DocumentCount < LeastDocuments)
        {
            return [];
        }

        int[] documents = CountDocuments(tokens, out int nonEmpty);
        int[] candidates =
        [
            .. Enumerable.Range(0, tokens.Tokens.Length)
                .Where(word => documents[word] > Share * nonEmpty)
                .OrderByDescending(word => documents[word])
                .ThenBy(word => tokens.Tokens[word], StringComparer.Ordinal)
                .Take(MaxWords),
        ];
        if (candidates.Length == 0)
        {
            return [];
        }

        int[][] together = CountTogether(tokens, candidates, cancellationToken);
        HashSet<int> found = [];
        for (int i = 0; i < candidates.Length; i++)
        {
            if (AccompaniesMost(candidates[i], together[i], documents, (double)documents[candidates[i]] / nonEmpty, candidates))
            {
                found.Add(candidates[i]);
            }
        }

        return Kept(tokens, found) >= KeptShare * nonEmpty ? [.. candidates.Where(found.Contains).Select(word => tokens.Tokens[word])] : [];
    }

    private static int[] CountDocuments(DocumentTokens tokens, out int nonEmpty)
    {
        int[] counts = new int[tokens.Tokens.Length];
        int[] lastSeen = new int[counts.Length];
        nonEmpty = 0;
        for (int document = 0; document < tokens.DocumentCount; document++)
        {
            ReadOnlySpan<int> words = tokens.Document(document);
            nonEmpty += words.IsEmpty ? 0 : 1;
            foreach (int word in words)
            {
                if (lastSeen[word] != document + 1)
                {
                    lastSeen[word] = document + 1;
                    counts[word]++;
                }
            }
        }

        return counts;
    }

    /// <summary>Counts for each candidate the documents that it shares with each word.</summary>
    private static int[][] CountTogether(DocumentTokens tokens, int[] candidates, CancellationToken cancellationToken)
    {
        int[][] together = Array.ConvertAll(candidates, _ => new int[tokens.Tokens.Length]);
        var places = candidates.Select(static (word, place) => (word, place)).ToDictionary();
        HashSet<int> distinct = [];
        for (int document = 0; document < tokens.DocumentCount; document++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            distinct.Clear();
            foreach (int word in tokens.Document(document))
            {
                distinct.Add(word);
            }

            foreach (int candidate in distinct)
            {
                if (!places.TryGetValue(candidate, out int place))
                {
                    continue;
                }

                foreach (int word in distinct)
                {
                    together[place][word]++;
                }
            }
        }

        return together;
    }

    /// <summary>Returns whether a word occurs at least half as often beside most other words as in the whole corpus.</summary>
    private static bool AccompaniesMost(int word, int[] together, int[] documents, double share, int[] candidates)
    {
        long all = 0;
        long accompanied = 0;
        for (int other = 0; other < documents.Length; other++)
        {
            if (other == word || documents[other] < LeastCompany || candidates.Contains(other))
            {
                continue;
            }

            all += documents[other];
            accompanied += together[other] >= 0.5 * share * documents[other] ? documents[other] : 0;
        }

        return all > 0 && accompanied >= CompanyShare * all;
    }

    private static int Kept(DocumentTokens tokens, HashSet<int> dropped)
    {
        int kept = 0;
        for (int document = 0; document < tokens.DocumentCount; document++)
        {
            foreach (int word in tokens.Document(document))
            {
                if (!dropped.Contains(word))
                {
                    kept++;
                    break;
                }
            }
        }

        return kept;
    }
}
