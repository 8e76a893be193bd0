using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Words;

/// <summary>
/// Numbers of the terms of a corpus, in code-point order of their texts, and the term that starts at every position. Terms with the same
/// first words are the children of the term of these words, in a tree whose roots are the words. Preorder, with children by their last
/// word, is the order of the texts if every character of a word sorts after the space between words; otherwise the texts are sorted.
/// </summary>
internal sealed class TermTable
{
    private const int PositionBlock = 65_536;

    private readonly DocumentTokens _tokens;
    private readonly WordOptions _options;
    private readonly string[] _words;
    private readonly int[] _termOfWord;
    private readonly int[][] _atPositions;
    private int[] _heads;
    private int[] _lasts;

    /// <param name="tokens">Tokenized documents.</param>
    /// <param name="groups">Documents whose texts are joined, so that terms span them.</param>
    /// <param name="options">Sizes of the terms.</param>
    /// <param name="compute">Number of threads.</param>
    /// <param name="cancellationToken">Cancels between blocks.</param>
    public TermTable(
        DocumentTokens tokens, ClassGroups groups, WordOptions options, ComputeOptions compute, CancellationToken cancellationToken)
    {
        _tokens = tokens;
        _options = options;
        int[] order = [.. Enumerable.Range(0, tokens.Tokens.Length)];
        _words = CodePointOrder.Sort(order, word => tokens.Tokens[word]);
        int[] rankOf = Inverse(order);
        TermPairs[] pairs = options.MaxNgram == 1 ? [] : FindPairs(groups, rankOf, compute, cancellationToken);

        int count = _words.Length + pairs.Sum(static size => size.Lasts.Length);
        _heads = new int[count];
        _lasts = new int[count];
        int[][] numbers = Number(pairs);
        if (pairs.Length > 0 && Array.Exists(_words, static word => word.AsSpan().ContainsAnyInRange('\0', ' ')))
        {
            SortByText(numbers);
        }

        Texts = new TermTexts(_words, _heads, _lasts);

        _termOfWord = Array.ConvertAll(rankOf, rank => numbers[0][rank]);
        _atPositions = [.. pairs.Select((size, index) => Renumber(size.AtPositions, numbers[index + 1], compute, cancellationToken))];
    }

    /// <summary>Number of terms of all sizes up to the largest.</summary>
    public int Count => _heads.Length;

    /// <summary>Texts by term number.</summary>
    public TermTexts Texts { get; }

    /// <summary>Counts the terms of joined documents.</summary>
    public void CountJoined(ReadOnlySpan<int> documents, SparseCounter counter)
    {
        if (documents.Length == 1 && _tokens.IsEmpty[documents[0]])
        {
            // BERTopic puts a word in place of a text of length 0.
            if (_tokens.EmptyTextId >= 0 && _options.MinNgram == 1)
            {
                counter.Add(_termOfWord[_tokens.EmptyTextId]);
            }

            return;
        }

        foreach (int document in documents)
        {
            for (int position = _tokens.Starts[document]; position < _tokens.Starts[document + 1]; position++)
            {
                for (int size = _options.MinNgram; size <= _options.MaxNgram; size++)
                {
                    if (TermAt(position, size) is >= 0 and int term)
                    {
                        counter.Add(term);
                    }
                }
            }
        }
    }

    /// <summary>Appends the terms of one document, with repetitions.</summary>
    public void Collect(int document, List<int> terms)
    {
        int end = _tokens.Starts[document + 1];
        for (int size = _options.MinNgram; size <= _options.MaxNgram; size++)
        {
            for (int position = _tokens.Starts[document]; position + size <= end; position++)
            {
                terms.Add(TermAt(position, size));
            }
        }
    }

    private static int[] Inverse(int[] order)
    {
        int[] places = new int[order.Length];
        for (int place = 0; place < order.Length; place++)
        {
            places[order[place]] = place;
        }

        return places;
    }

    private int TermAt(int position, int size) => size == 1 ? _termOfWord[_tokens.Ids[position]] : _atPositions[size - 2][position];

    private TermPairs[] FindPairs(ClassGroups groups, int[] rankOf, ComputeOptions compute, CancellationToken cancellationToken)
    {
        var pairs = new TermPairs[_options.MaxNgram - 1];
        int[] heads = Array.ConvertAll(_tokens.Ids, word => rankOf[word]);
        int headCount = _words.Length;
        for (int size = 2; size <= _options.MaxNgram; size++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            pairs[size - 2] = TermPairs.Find(heads, headCount, LastWords(groups, rankOf, size), compute, cancellationToken);
            (heads, headCount) = (pairs[size - 2].AtPositions, pairs[size - 2].Lasts.Length);
        }

        return pairs;
    }

    /// <summary>Returns the last word of the term of a size at each position; −1 if the joined text ends before it.</summary>
    private int[] LastWords(ClassGroups groups, int[] rankOf, int size)
    {
        int[] lasts = new int[_tokens.Ids.Length];
        Array.Fill(lasts, -1);
        for (int document = 0; document < _tokens.DocumentCount; document++)
        {
            for (int position = _tokens.Starts[document]; position + size <= _tokens.Starts[document + 1]; position++)
            {
                lasts[position] = rankOf[_tokens.Ids[position + size - 1]];
            }
        }

        for (int group = 0; group < groups.Count; group++)
        {
            ReadOnlySpan<int> documents = groups.Of(group);
            for (int i = 0; i < documents.Length; i++)
            {
                int end = _tokens.Starts[documents[i] + 1];
                for (int position = Math.Max(_tokens.Starts[documents[i]], end - size + 1); position < end; position++)
                {
                    int word = WordAfter(documents[(i + 1)..], position + size - 1 - end);
                    lasts[position] = word < 0 ? -1 : rankOf[word];
                }
            }
        }

        return lasts;
    }

    /// <summary>Returns a word of joined documents; −1 past their end.</summary>
    private int WordAfter(ReadOnlySpan<int> documents, int offset)
    {
        foreach (int document in documents)
        {
            ReadOnlySpan<int> words = _tokens.Document(document);
            if (offset < words.Length)
            {
                return words[offset];
            }

            offset -= words.Length;
        }

        return -1;
    }

    /// <summary>Numbers all terms in preorder, and sets their heads and last words.</summary>
    /// <returns>Number of each word by rank, then of each pair by size.</returns>
    private int[][] Number(TermPairs[] pairs)
    {
        int[][] numbers = [new int[_words.Length], .. pairs.Select(static size => new int[size.Lasts.Length])];
        int next = 0;
        for (int word = 0; word < _words.Length; word++)
        {
            Visit(size: 0, word, head: -1, word);
        }

        return numbers;

        void Visit(int size, int item, int head, int last)
        {
            int number = next++;
            numbers[size][item] = number;
            (_heads[number], _lasts[number]) = (head, last);
            if (size == pairs.Length)
            {
                return;
            }

            for (int child = pairs[size].Starts[item]; child < pairs[size].Starts[item + 1]; child++)
            {
                Visit(size + 1, child, number, pairs[size].Lasts[child]);
            }
        }
    }

    private void SortByText(int[][] numbers)
    {
        int[] order = [.. Enumerable.Range(0, Count)];
        CodePointOrder.Sort(order, new TermTexts(_words, _heads, _lasts).TextOf);
        int[] places = Inverse(order);
        foreach (int[] size in numbers)
        {
            for (int item = 0; item < size.Length; item++)
            {
                size[item] = places[size[item]];
            }
        }

        _heads = Array.ConvertAll(order, term => _heads[term] < 0 ? -1 : places[_heads[term]]);
        _lasts = Array.ConvertAll(order, term => _lasts[term]);
    }

    /// <summary>Replaces the pairs at all positions by term numbers, in place.</summary>
    private static int[] Renumber(int[] atPositions, int[] numbers, ComputeOptions compute, CancellationToken cancellationToken)
    {
        RowBlocks.Run(
            atPositions.Length,
            PositionBlock,
            compute.Threads,
            (_, first, end) =>
            {
                foreach (ref int pair in atPositions.AsSpan(first..end))
                {
                    pair = pair < 0 ? -1 : numbers[pair];
                }
            },
            cancellationToken);
        return atPositions;
    }
}
