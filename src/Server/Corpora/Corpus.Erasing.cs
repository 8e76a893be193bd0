using TopicGrpc.Engine.Documents;
using TopicGrpc.Server.Errors;
using TopicGrpc.Shared;

namespace TopicGrpc.Server.Corpora;

/// <content>Erasure of documents.</content>
internal sealed partial class Corpus
{
    /// <summary>Finds documents to erase.</summary>
    /// <param name="isWanted">Whether a document matches.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <exception cref="ServiceException">The documents are damaged, or the disk fails.</exception>
    public async Task<FoundDocuments> FindAsync(Func<Document, bool> isWanted, CancellationToken cancellationToken)
    {
        await OpenAsync(cancellationToken);
        return await _reader.FindAsync(isWanted, cancellationToken);
    }

    /// <summary>Finds the documents of a running erasure by their places.</summary>
    /// <returns>The documents; null if the file with these places was replaced, which ends an erasure.</returns>
    /// <exception cref="ServiceException">The documents are damaged, or the disk fails.</exception>
    public async Task<FoundDocuments?> FindErasedAsync(string fileId, IReadOnlySet<int> places, CancellationToken cancellationToken)
    {
        await OpenAsync(cancellationToken);
        return await _reader.FindErasedAsync(fileId, places, cancellationToken);
    }

    /// <summary>Hides documents from every later read.</summary>
    /// <param name="found">The documents.</param>
    /// <param name="commit">Makes the erasure durable; it counts when the method returns.</param>
    /// <param name="cancellationToken">Cancels the change before it starts.</param>
    /// <returns>False if the places are outdated: another erasure hid a document or replaced the file.</returns>
    public Task<bool> HideAsync(FoundDocuments found, Action commit, CancellationToken cancellationToken) => _writer.RunAsync(
        () =>
        {
            RequireExisting();
            _documents.EnsureTrusted();
            DocumentView view = _documents.View;
            if (view.FileId != found.FileId || found.Items.Any(item => view.Erased.Contains(item.Place)))
            {
                return false;
            }

            commit();
            _documents.Hide(found.Items);
            return true;
        },
        cancellationToken);

    /// <summary>Removes erased documents from the disk.</summary>
    /// <param name="places">Places of all erased documents.</param>
    /// <param name="cancellationToken">Cancels the work before it starts.</param>
    /// <returns>False if further documents were erased meanwhile; nothing was changed.</returns>
    /// <exception cref="ServiceException">The documents are damaged, or the disk fails.</exception>
    public Task<bool> CompactAsync(IReadOnlySet<int> places, CancellationToken cancellationToken) =>
        _writer.RunAsync(
            () =>
            {
                RequireExisting();
                _documents.EnsureTrusted();
                if (!_documents.View.Erased.SetEquals(places))
                {
                    return false;
                }

                _documents.Compact();
                return true;
            },
            cancellationToken);

    /// <summary>The documents of a running erasure are found in the document file. A damaged one can be deleted nevertheless.</summary>
    private void RequireNoErasure()
    {
        if (_documents.Summary is not { IsDamaged: true } && _erasures.IsRunning(Id))
        {
            throw Fault.CorpusErasing(ResourceNames.Corpus(Id));
        }
    }
}
