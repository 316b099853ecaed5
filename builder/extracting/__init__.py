"""What an article holds, whatever claims say: sentences, quotation marks and their speakers, phrases, numbers."""
